import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import {
  type Act,
  type Actor,
  type Circumstances,
  type Duty,
  decide,
  type LifeState,
  type Subject,
} from '#policy/decide'
import { effective, handlingAt, type Purpose } from '#protocol/handling'
import { take } from '#protocol/pointer'
import type { HeldRecord } from '#protocol/record'
import { type RecordGrant, readGrants } from '#store/grants'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'

/** Who asks, in what capacity and for what: every read is bound to it. */
export interface Caller {
  readonly actor: Actor
  readonly via: 'session' | 'token' | 'peer' | 'clock' | 'system'
  readonly purpose?: Purpose | undefined
  readonly reference?: string | undefined
}

/** A record as this caller may see it: withheld fields are absent, not greyed. */
export interface RecordView<Body = Record<string, Json>> extends HeldRecord<Body> {
  readonly state: LifeState
  readonly hash: string
  readonly caption: string
  readonly receivedFrom: string | null
  readonly readers: readonly string[]
  /** Waits for the legal gate of this node. */
  readonly held: boolean
  readonly duties: readonly Duty[]
}

export interface RecordFilter {
  readonly type?: string | readonly string[] | undefined
  readonly owner?: string | undefined
  readonly about?: string | undefined
  readonly states?: readonly LifeState[]
  /** The schema that the body names, and the category that the header does. */
  readonly schema?: string | undefined
  readonly category?: string | undefined
  /** Narrows what is read to bodies with this text in them; whether the caller may see it there is for the caller to check. */
  readonly text?: string | undefined
  /** Ids after this one; ids grow with time. */
  readonly after?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
  readonly newestFirst?: boolean
}

export interface Reader {
  readonly caller: Caller
  readonly store: Store
  /** The record, or `undefined` both when there is none and when the caller may not know of it. */
  record<Body = Record<string, Json>>(id: string, act?: Act): Promise<RecordView<Body> | undefined>
  /**
   * Our own record whole, for a new version of it: what this caller may not see is in it and must stay in it. For rules only,
   * never for a reply.
   */
  whole(id: string, act: 'change' | 'disclose'): Promise<RecordRow | undefined>
  /** Grants of originators that touch the record. */
  grants(id: string): Promise<readonly RecordGrant[]>
  records<Body = Record<string, Json>>(filter: RecordFilter, act?: Act): Promise<readonly RecordView<Body>[]>
}

export function openReader(store: Store, caller: Caller): Reader {
  /** A request looks at a record more than once: as its caller may see it, and whole for the version that follows. */
  const read = new Map<string, ReturnType<typeof readWithGrants>>()
  function readOnce(id: string) {
    let one = read.get(id)
    if (one === undefined) {
      one = readWithGrants(store, id)
      read.set(id, one)
    }
    return one
  }

  async function record<Body>(id: string, act: Act = 'view') {
    const { row, grants } = await readOnce(id)
    return row && viewOf<Body>(row, { caller, act, now: store.clock.now(), grants })
  }

  async function records<Body>(filter: RecordFilter, act: Act = 'view') {
    const views: RecordView<Body>[] = []
    let from = filter.after
    while (views.length < filter.limit) {
      const rows = await readRows(store, { ...filter, after: from })
      const grants = await readGrants(
        store,
        rows.map((it) => it.id),
      )
      for (const row of rows) {
        const view = viewOf<Body>(row, { caller, act, now: store.clock.now(), grants })
        if (view !== undefined && views.length < filter.limit) views.push(view)
      }
      if (rows.length < filter.limit) break
      from = rows.at(-1)?.id
    }
    return views
  }

  async function whole(id: string, act: 'change' | 'disclose') {
    const view = await record(id, act === 'change' ? 'change' : 'view')
    return view?.owner === store.me ? (await readOnce(id)).row : undefined
  }

  return { caller, store, record, whole, grants: async (id) => (await readOnce(id)).grants, records }
}

async function readWithGrants({ reads }: Store, id: string) {
  const [row, grants] = await Promise.all([reads.record.load(id), reads.grants.load(id)])
  return { row, grants }
}

interface Viewing {
  readonly caller: Caller
  readonly act: Act
  readonly now: Date
  readonly grants: readonly RecordGrant[]
}

export function viewOf<Body>(row: RecordRow, { caller, act, now, grants }: Viewing): RecordView<Body> | undefined {
  const circumstances: Circumstances = {
    now,
    purpose: caller.purpose,
    grants: grants.filter((it) => it.record === row.id),
  }
  const decision = decide(caller.actor, act, subjectOf(row), circumstances)
  if (!decision.permit) return undefined
  let body = row.body
  const marks: typeof row.marks = {}
  for (const [pointer, mark] of Object.entries(row.marks)) {
    const subject = { ...subjectOf(row), handling: handlingAt(row, pointer) }
    if (decide(caller.actor, act, subject, circumstances).permit) marks[pointer] = mark
    else body = take(body, pointer.slice('/body'.length))?.rest ?? body
  }
  return {
    id: row.id,
    type: row.type,
    schema: row.schema,
    version: row.version,
    owner: row.owner,
    issuedAt: row.issued_at,
    previous: row.previous,
    handling: row.handling,
    body: body as Body,
    marks,
    state: row.state,
    hash: row.hash,
    caption: row.caption,
    receivedFrom: row.received_from,
    readers: row.readers,
    held: row.held,
    duties: decision.duties,
  }
}

/** A stored record as policy sees it. */
export function subjectOf(row: Pick<RecordRow, 'owner' | 'handling' | 'state' | 'readers' | 'held'>): Subject {
  const { owner, handling, state, readers, held } = row
  return { owner, handling: effective(handling), state, readers, held }
}

function readRows(store: Store, filter: RecordFilter): Promise<RecordRow[]> {
  const { type, owner, about, states = ['active', 'suspended'], after, before, limit, newestFirst = false } = filter
  const { schema, category, text } = filter
  const types = type === undefined ? undefined : typeof type === 'string' ? [type] : [...type]
  return store.db
    .selectFrom('records')
    .selectAll()
    .$if(types !== undefined, (query) => query.where('type', 'in', types as string[]))
    .$if(owner !== undefined, (query) => query.where('owner', '=', owner as string))
    .$if(about !== undefined, (query) =>
      query.where((eb) => eb(eb.ref('body', '->>').key('about'), '=', about as string)),
    )
    .$if(schema !== undefined, (query) =>
      query.where((eb) => eb(eb.ref('body', '->>').key('schema'), '=', schema as string)),
    )
    .$if(category !== undefined, (query) =>
      query.where((eb) => eb(eb.ref('handling', '->>').key('category'), '=', category as never)),
    )
    .$if(text !== undefined, (query) =>
      query.where((eb) => eb(eb.cast<string>('body', 'text'), 'ilike', containing(text as string))),
    )
    .$if(after !== undefined, (query) => query.where('id', newestFirst ? '<' : '>', after as RecordId))
    .$if(before !== undefined, (query) => query.where('id', newestFirst ? '>' : '<', before as RecordId))
    .where('state', 'in', [...states])
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(limit)
    .execute()
}

/** A pattern for what `jsonb` prints of a text. */
function containing(text: string): string {
  const printed = JSON.stringify(text).slice(1, -1)
  return `%${printed.replaceAll(/[\\%_]/g, '\\$&')}%`
}
