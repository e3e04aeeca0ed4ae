import { z } from 'zod'
import { joined, type Known, type ListedEntry, prepareCouncil } from '#capabilities/notices/council'
import { confirm } from '#capabilities/notices/deciding'
import { fault } from '#capabilities/notices/faults'
import { workOf } from '#capabilities/notices/reading'
import { Notice, noticeKind } from '#capabilities/notices/record'
import { reviewerOf } from '#capabilities/notices/standing'
import { tables } from '#capabilities/notices/store'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { viewOf } from '#store/reader'
import type { RecordRow } from '#store/tables'

const access = { roles: ['legal', 'supervisor'], scope: 'write', purpose: true } as const

export const prepare = operation({
  id: 'notices.council-prepare',
  method: 'post',
  path: '/notices/council/prepare',
  summary: 'Propose special notices for what the imported list of the Security Council has beyond those in force',
  access,
  body: z.object({ list: z.string().max(40).default('un-sc') }),
  reply: z.object({ listed: z.number(), drafted: z.number(), changed: z.number(), cancelled: z.number() }),
  command: { words: 'notices council prepare' },
  handle: async (request) => {
    const { body, services, commit } = request
    checkReviewing(services)
    const [entries, known] = await Promise.all([readListed(services, body.list), readKnown(services)])
    if (entries.length === 0)
      throw fault('notices/unknown', `No entry of the list ${body.list} is held here. Import it first.`)
    const { change, ...counts } = prepareCouncil(entries, known, workOf(request))
    return commit(change, { listed: entries.length, ...counts })
  },
})

export const confirmAll = operation({
  id: 'notices.council-confirm',
  method: 'post',
  path: '/notices/council/confirm',
  summary: 'Confirm special notices that another person proposed, so many at a time; repeat while some remain',
  access,
  body: z.object({ limit: z.number().int().min(1).max(500).default(200) }),
  reply: z.object({ confirmed: z.number(), remaining: z.number() }),
  command: { words: 'notices council confirm' },
  handle: async (request) => {
    const { body, services, caller, commit } = request
    checkReviewing(services)
    const now = services.store.clock.now()
    const person = caller.actor.person!.id
    const proposed = [...(await readKnown(services)).values()].filter((it) => it.row.proposal !== null)
    const others = proposed.filter((it) => it.row.proposal!.person !== person)
    if (others.length === 0 && proposed.length > 0)
      throw fault('notices/same-person', 'Who proposed them cannot confirm them: a second reviewer decides.', {
        rule: 'RPD 86; four eyes',
      })
    const changes = others.slice(0, body.limit).flatMap(({ row, record }) => {
      const view = viewOf<Notice>(record, { caller, act: 'view', now, grants: [] })
      return view === undefined ? [] : [confirm(view, { row, ...workOf(request) }).change]
    })
    return commit(joined(changes), { confirmed: changes.length, remaining: others.length - changes.length })
  },
})

/** They are the secretariat's own: reviewed where they are issued. */
function checkReviewing({ directories, store }: Services): void {
  if (reviewerOf({ channel: 'notice', owner: store.me }, directories.current()) !== store.me)
    throw fault('notices/not-reviewer', 'Special notices are issued by the secretariat.', { rule: 'RPD 95' })
}

/** Entries of published lists, by what their kind makes of them: which capability has the lists does not matter here. */
async function readListed({ store, kinds }: Services, list: string): Promise<ListedEntry[]> {
  const listKinds = [...kinds.values()].filter((it) => it.matching?.as === 'list')
  const rows = await store.db
    .selectFrom('records')
    .select(['id', 'type', 'body'])
    .where(
      'type',
      'in',
      listKinds.map((it) => it.type),
    )
    .where('state', '=', 'active')
    .where((eb) => eb(eb.ref('body', '->>').key('list'), '=', list))
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, type, body }) => {
    const entity = kinds.get(type)!.matching!.entity(body, id)
    const { reference, programmes } = Entry.parse(body)
    return reference === null ? [] : [{ reference, programmes, entity }]
  })
}

const Entry = z.object({ reference: z.string().max(40).nullable(), programmes: z.array(z.string()).default([]) })

/** Special notices of our own that are not over, by reference. */
async function readKnown({ store }: Services): Promise<Map<string, Known>> {
  const rows = await tables(store)
    .selectFrom('notices')
    .selectAll()
    .where('type', '=', 'unsc-special')
    .where('role', '=', 'issuer')
    .where('place', 'not in', ['withdrawn', 'cancelled', 'expired', 'executed'])
    .execute()
  const records = new Map<string, RecordRow>(
    rows.length === 0
      ? []
      : (
          await store.db
            .selectFrom('records')
            .selectAll()
            .where('type', '=', noticeKind.type)
            .where('owner', '=', store.me)
            .where((eb) => eb(eb.ref('body', '->>').key('type'), '=', 'unsc-special'))
            .execute()
        ).map((it) => [it.id, it]),
  )
  return new Map(
    rows.flatMap((row) => {
      const record = records.get(row.id)
      if (record === undefined) return []
      const notice = Notice.parse(record.body)
      return [[notice.reference, { row, record, notice }] as const]
    }),
  )
}
