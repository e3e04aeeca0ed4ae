import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'
import type { Bench } from './bench.ts'
import { inventPerson, inventWord, seeded } from './invented.ts'
import { inventPeople } from './matching/inventions.ts'
import { heldMemory, poolRate, queriesOf, slowest } from './screening.ts'

const entities = 1_000_000
const queries = 18_000

export const screeningMillion: Bench = {
  name: 'screening-million',
  metrics: [
    {
      name: 'screening/million_screens_per_second',
      unit: 'screens/s',
      what: 'people screened by name against a million invented people, in two threads',
    },
    {
      name: 'screening/million_p99_ms',
      unit: 'ms',
      what: 'the time within which 99 of 100 of them end, in one thread',
    },
    { name: 'screening/million_mb', unit: 'MB', what: 'memory that the index of a million holds' },
  ],
  async run({ say, report }) {
    const before = await heldMemory()
    const index = createMatchingIndex()
    let count = 0
    for (const one of inventMillion()) {
      index.put(one)
      if (++count % 100_000 === 0) say(`${count} indexed`)
    }
    index.tighten()
    report('screening/million_mb', ((await heldMemory()) - before + index.bytes) / 2 ** 20)
    const listed = [...inventMillion(2_000)]
    const people = queriesOf(listed, queries)
    report('screening/million_p99_ms', slowest(index, people))
    report('screening/million_screens_per_second', await poolRate(index, people))
  },
}

/** People with names as many cultures form them, and every other one with a name of words that nobody shares. */
function* inventMillion(count = entities): Generator<MatchEntity> {
  const random = seeded(21)
  const common = inventPeople(Math.min(count, 150_000), 5)
  for (let at = 0; at < count; at++) {
    const { given, second, family, born, country } = inventPerson(random)
    const drawn = common[Math.floor(random() * common.length)]!.name
    const name =
      at % 2 === 0 ? `${drawn} ${random() < 0.5 ? family : inventWord(random)}` : `${given} ${second} ${family}`
    yield { id: `p${at}`, schema: 'Person', properties: { name: [name], birthDate: [born], nationality: [country] } }
  }
}
