import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importList } from '#capabilities/lists/import-list'
import { sourceOf } from '#capabilities/lists/rules'
import { partFile } from '#capabilities/lists/uploads'
import { checkFindable } from '#capabilities/screening/findable'
import type { RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import { followerPositions } from '#store/follow'
import { openScene } from './kit.ts'

const folder = join(resolve(process.env.COMITY_DATA ?? '../shared/data'), 'lists')
const data = (name: string) => join(folder, name)
const sample = (name: string) => new URL(`../src/formats/samples/${name}`, import.meta.url).pathname

let federation: Awaited<ReturnType<typeof openScene>>
let node: RunningNode

beforeAll(async () => {
  federation = await openScene(['fr'])
  node = federation.node('fr')
}, 120_000)
afterAll(() => federation?.[Symbol.asyncDispose]())

async function take(list: string, parts: Record<string, string | Buffer>) {
  const { services } = node
  for (const [part, from] of Object.entries(parts)) {
    const file = partFile(services, list, part)
    mkdirSync(dirname(file), { recursive: true })
    if (typeof from === 'string') copyFileSync(from, file)
    else writeFileSync(file, from)
  }
  const member = partyOf(services.directories.current(), services.identity.me)
  const caller = {
    actor: { member, person: { id: 'per_1' as const, roles: ['supervisor'] as const } },
    via: 'session' as const,
  }
  const report = await importList(sourceOf(list), {
    services,
    caller: caller as never,
    force: true,
    reason: 'A small sample of the exercise.',
    has: (part) => part in parts,
  })
  const last = await services.store.db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow()
  await expect
    .poll(() => followerPositions(services.store).get('screening'), { timeout: 120_000 })
    .toBeGreaterThanOrEqual(last.last as number)
  return report
}

const samples = {
  'un-sc': { xml: sample('un-exercise.xml') },
  'us-ofac-sdn': { sdn: sample('ofac/sdn.csv'), alt: sample('ofac/alt.csv') },
  'us-ofac-sdn-advanced': { xml: sample('ofac-advanced-exercise.xml') },
  'us-consolidated': { csv: sample('us-consolidated-exercise.csv') },
  'eu-fsf': { xml: sample('eu-exercise.xml') },
  'uk-sanctions': { list: sample('uk-exercise.csv') },
  opensanctions: { entities: sample('ftm-list-exercise.jsonl') },
}

describe('every entry of a list', () => {
  it.each(Object.entries(samples))('is found by each of its names: the sample of %s', async (list, parts) => {
    const { entries } = await take(list, parts)
    const report = await checkFindable(node.services, list, { version: null })
    // A weak alias says little alone.
    expect(report.misses.filter((it) => !(it.weak && it.why === 'faint'))).toEqual([])
    expect(report).toMatchObject({ entries, indexed: entries, checked: entries, findable: entries, missed: 0 })
    expect(report.names).toBeGreaterThanOrEqual(entries)
  })

  const published = {
    'un-sc': { xml: data('UN_consolidated.xml') },
    'us-ofac-sdn': {
      sdn: data('sdn.csv'),
      alt: data('alt.csv'),
      add: data('add.csv'),
      comments: data('sdn_comments.csv'),
    },
    'us-consolidated': { csv: data('us_csl_consolidated.csv.gz') },
  }
  it.each(Object.entries(published))(
    'is found by each of its names: %s as it is published',
    { timeout: 600_000 },
    async (list, parts) => {
      if (!Object.values(parts).every((it) => existsSync(it))) return
      const unpacked = Object.fromEntries(
        Object.entries(parts).map(([part, it]) => [part, it.endsWith('.gz') ? gunzipSync(readFileSync(it)) : it]),
      )
      const { entries } = await take(list, unpacked)
      const share = entries > 2_000 && process.env.COMITY_FINDABLE !== 'full' ? 0.2 : 1
      const report = await checkFindable(node.services, list, { version: null, share })
      console.log(JSON.stringify({ ...report, misses: report.misses.slice(0, 40) }))
      expect(report).toMatchObject({ entries, indexed: entries })
      expect(report.checked).toBeGreaterThan(entries * share * 0.8)
      const missed = report.misses.filter((it) => !it.weak)
      expect(missed).toEqual([])
      expect(report.faint).toBe(0)
    },
  )
})
