import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, inPieces } from '#formats/chunks.arbitrary'
import { readPaxlst } from '#formats/travel/paxlst'
import { readPnrgov } from '#formats/travel/pnrgov'
import { sameTravelName, type TravelName, travelName } from '#formats/travel/travel-name'

/** What happens to messages on their way: a segment goes, comes twice, changes place or is damaged. Nobody else may be lost. */

const today = '2026-11-27'
const fileOf = (name: string) => readFileSync(new URL(`../samples/${name}`, import.meta.url), 'latin1')

/** Every spelling under which somebody is kept. */
async function namesInLists(text: string): Promise<TravelName[]> {
  const items = await collect(readPaxlst(inPieces(Buffer.from(text, 'latin1'), []), { today }))
  return items.flatMap((it) => (it.kind === 'message' ? it.travellers.map((one) => one.name!) : []))
}

async function namesInRecords(text: string): Promise<TravelName[]> {
  const items = await collect(readPnrgov(inPieces(Buffer.from(text, 'latin1'), []), { today }))
  return items
    .flatMap((it) => (it.kind === 'message' ? it.records : []))
    .flatMap((it) => it.travellers)
    .flatMap((it) => [it.name, ...it.otherNames, ...it.docs.flatMap((one) => one.name ?? [])])
}

interface Sample {
  readonly name: string
  readonly read: (text: string) => Promise<TravelName[]>
  /** The name that a segment gives somebody. */
  readonly said: RegExp
}

const samples: readonly Sample[] = [
  { name: 'paxlst-exercise.edi', read: namesInLists, said: /^NAD\+(?:FL|FM|DDU|DDT)\+\+\+([^+]*)/ },
  { name: 'pnrgov-exercise.edi', read: namesInRecords, said: /^TIF\+([^+]*\+[^:]*):(?:A|C|IN):/ },
]

const mutation = fc.record({
  act: fc.constantFrom('delete', 'duplicate', 'swap', 'corrupt', 'cut'),
  at: fc.nat(10_000),
  other: fc.nat(10_000),
  place: fc.nat(10_000),
  mark: fc.constantFrom('X', '7', '#', '+', ':', "'", '?', '\n', '\0', 'É', '', '/', "'\n", 'TIF+', 'NAD+FL+++'),
})
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never

/** The segments after it, and which of those before it were touched. */
function mutate(segments: readonly string[], { act, at, other, place, mark }: Mutation) {
  const [one, two] = [at % segments.length, other % segments.length]
  const after = [...segments]
  if (act === 'delete') after.splice(one, 1)
  else if (act === 'duplicate') after.splice(two, 0, segments[one]!)
  else if (act === 'swap') [after[one], after[two]] = [segments[two]!, segments[one]!]
  else {
    const text = segments[one]!
    const from = place % Math.max(1, text.length)
    after[one] = act === 'cut' ? text.slice(0, from) : text.slice(0, from) + mark + text.slice(from + 1)
  }
  return { after, touched: act === 'swap' ? [one, two] : act === 'duplicate' ? [] : [one] }
}

describe.each(samples)('$name with one segment lost, twice, elsewhere or damaged', ({ name, read, said }) => {
  // The separators announce themselves in the first two segments; without them a file is of another kind.
  const [advice = '', header = '', ...segments] = fileOf(name).split(/(?<!\?)'\r?\n?/)
  const write = (all: readonly string[]) => [advice, header, ...all].map((it) => `${it}'`).join('\n')
  const named = segments.map((it) => {
    const [surname = '', ...given] = (said.exec(it)?.[1] ?? '').replaceAll('?', '').split(/[:+]/)
    return travelName(surname, given)
  })
  /** Those of these people, by the places of their segments, of whom nothing was kept. */
  const lost = (kept: readonly TravelName[], touched: readonly number[]) =>
    named.flatMap((it, at) =>
      it === null || touched.includes(at) || kept.some((one) => one.given !== '' && sameTravelName(one, it))
        ? []
        : [it.raw],
    )

  it('is read without a fault, and keeps everybody whose own segment is whole', async () => {
    expect(lost(await read(write(segments)), [])).toEqual([])
    expect(named.filter((it) => it !== null).length).toBeGreaterThanOrEqual(4)
    await fc.assert(
      fc.asyncProperty(mutation, async (one) => {
        const { after, touched } = mutate(segments, one)
        expect(lost(await read(write(after)), touched)).toEqual([])
      }),
      { numRuns: 1_500 },
    )
  })
})
