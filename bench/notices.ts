import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { header, office, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import { warning } from '#capabilities/threats/warning.fixture'
import type { RecordId } from '#kernel/ids'
import { readConfig } from '#node/config'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation, writeFederation } from '#node/federation'
import { openNode, type RunningNode } from '#node/open-node'
import { ensureDatabase, startPostgres } from '#store/bundled-postgres'
import { type Bench, percentile } from './bench.ts'
import { inventPerson, seeded } from './invented.ts'
import { freePort } from './pair.ts'

const warmUp = 5
const measured = 60
const members = ['secretariat', 'fr', 'ke'] as const
type Office = ReturnType<typeof office>

export const notices: Bench = {
  name: 'notices',
  metrics: [
    {
      name: 'notices/publication_p95_ms',
      unit: 'ms',
      what: 'from the second reviewer’s confirmation at the secretariat until a border desk in another state is answered with the notice, 95th percentile; must be below 1000',
      baseline: 'a record shared between two states without review or gate, until it can be read there',
    },
    {
      name: 'notices/suspension_p95_ms',
      unit: 'ms',
      what: 'from the confirmation of a suspension until no border desk is answered with the notice, 95th percentile; must be below 2000',
      baseline: 'as above',
    },
  ],
  async run({ folder, report, say }) {
    say('starting PostgreSQL and three nodes')
    await using cleanup = new AsyncDisposableStack()
    const nodes = await openNodes(folder, cleanup)
    const desk = (member: string) => nodes.get(member)!.services.alerts
    const fr = office(nodes.get('fr')!)
    const [first, second] = ['a', 'b'].map((it) => office(nodes.get('secretariat')!, 'legal', `per_${it}`)) as [
      Office,
      Office,
    ]
    const random = seeded(7)
    const published: number[] = []
    const suspended: number[] = []
    say(`${measured} notices`)
    for (let at = 0; at < warmUp + measured; at++) {
      const { given: forename, family: last } = inventPerson(random)
      const body = redNotice()
      const properties = { ...body.subject!.properties, firstName: [forename], lastName: [last] }
      const draft = await fr.call('POST', '/notices', {
        handling: header(new Date()),
        body: { ...body, reference: `EXERCISE ${at}`, subject: { ...body.subject!, properties } },
      })
      const id = draft.body.id as string
      await fr.call('POST', `/notices/${id}/submit`)
      await waitFor(async () => (await first.call('GET', `/notices/${id}`)).status === 200)
      await first.call('POST', `/notices/${id}/review/take`)
      const decide = async (proposal: object, holds: () => boolean) => {
        await first.call('POST', `/notices/${id}/review/propose`, proposal)
        const started = performance.now()
        await second.call('POST', `/notices/${id}/review/confirm`)
        await waitFor(async () => holds())
        return performance.now() - started
      }
      const there = () =>
        desk('ke')
          .search({ properties: { name: [`${forename} ${last}`] } })
          .some((it) => it.id === id)
      const publication = await decide(
        { outcome: 'published', note: 'Conditions are met.', findings: wholeTest },
        () => there() && desk('fr').find(id) !== undefined,
      )
      const suspension = await decide(
        { outcome: 'suspended', reason: 'doubt', note: 'Asked again.', findings: [] },
        () => !there() && desk('fr').find(id) === undefined,
      )
      if (at >= warmUp) {
        published.push(publication)
        suspended.push(suspension)
      }
    }
    say('plain records')
    const plain = await plainShares(fr, nodes.get('ke')!)
    report('notices/publication_p95_ms', percentile(published, 0.95), percentile(plain, 0.95))
    report('notices/suspension_p95_ms', percentile(suspended, 0.95), percentile(plain, 0.95))
  },
}

async function plainShares(fr: Office, ke: RunningNode): Promise<number[]> {
  const waits: number[] = []
  for (let at = 0; at < warmUp + measured; at++) {
    const now = new Date()
    const handling = header(now, { category: 'none', purposes: ['counter-terrorism'] })
    const { body } = await fr.call('POST', '/threats', { handling, body: warning(now), marks: {} })
    const started = performance.now()
    await fr.call('POST', `/records/${body.id}/share`, { with: { members: ['ke'] } })
    await waitFor(async () => {
      const row = await ke.services.store.db
        .selectFrom('records')
        .select('id')
        .where('id', '=', body.id as RecordId)
        .executeTakeFirst()
      return row !== undefined
    })
    if (at >= warmUp) waits.push(performance.now() - started)
  }
  return waits
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > until) throw new Error('what was awaited did not come within 20 s')
    await nextTurn()
  }
}

async function openNodes(folder: string, cleanup: AsyncDisposableStack): Promise<Map<string, RunningNode>> {
  const server = cleanup.adopt(await startPostgres({ directory: join(folder, 'postgres') }), (it) => it.stop())
  const plans = await Promise.all(
    exerciseMembers
      .filter((it) => members.some((one) => one === it.id))
      .map(async (it) => ({ ...it, port: await freePort() })),
  )
  const material = await planFederation({
    name: 'Comity bench',
    exercise: true,
    members: plans,
    groups: [],
    now: new Date(),
  })
  for (const { id } of plans) await ensureDatabase(server.url('postgres'), `notices_${id}`)
  const files = writeFederation(folder, material, (member) => server.url(`notices_${member}`))
  const nodes = new Map<string, RunningNode>()
  for (const { id } of plans) nodes.set(id, cleanup.use(await openNode(readConfig(files.get(id)!))))
  return nodes
}
