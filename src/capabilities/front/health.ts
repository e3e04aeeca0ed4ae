import type { Services } from '#http/services'
import type { Member } from '#protocol/directory'
import type { Store } from '#store/store'

export interface Health {
  readonly at: Date
  readonly database: boolean
  /** Unknown while the database is silent. */
  readonly ledger: {
    readonly size: number
    readonly checkpoint: { readonly size: number; readonly at: Date } | null
  } | null
  readonly peers: readonly { readonly name: string; readonly reach: Reach }[]
}

/** All that a stranger learns of a peer, beside its name. */
export type Reach = 'reachable' | 'unreachable' | 'noContact' | 'suspended'

const patienceMilliseconds = 3_000
const freshMilliseconds = 2_000

/** Strangers may ask as often as they like: the database is asked once in two seconds. */
export function healthOf(services: Services): () => Promise<Health> {
  let last: { readonly at: number; readonly health: Promise<Health> } | undefined
  return () => {
    const now = performance.now()
    if (last === undefined || now - last.at > freshMilliseconds) last = { at: now, health: readHealth(services) }
    return last.health
  }
}

async function readHealth({ store, identity, directories, log }: Services): Promise<Health> {
  const peers = directories.current().members.filter((it) => it.id !== identity.me)
  const at = store.clock.now()
  try {
    const [ledger, reachOf] = await withinPatience(Promise.all([readLedger(store), readReach(store)]))
    return { at, database: true, ledger, peers: peers.map((it) => ({ name: it.name, reach: reachOf(it) })) }
  } catch (cause) {
    log.error({ err: cause }, 'the database does not answer')
    return { at, database: false, ledger: null, peers: peers.map((it) => ({ name: it.name, reach: 'noContact' })) }
  }
}

/** The checkpoints are the audit capability's; its table is read by name, because capabilities do not know each other. */
async function readLedger(store: Store): Promise<NonNullable<Health['ledger']>> {
  const [{ frontier }, checkpoint] = await Promise.all([
    store.db.selectFrom('ledger_head').select('frontier').executeTakeFirstOrThrow(),
    store.db
      .withTables<{ audit_checkpoints: { size: number; at: Date } }>()
      .selectFrom('audit_checkpoints')
      .select(['size', 'at'])
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return { size: frontier.size, checkpoint: checkpoint ?? null }
}

async function readReach(store: Store): Promise<(member: Member) => Reach> {
  const rows = await store.db.selectFrom('peers').select(['member', 'seen_at', 'failing_since']).execute()
  const rowOf = new Map(rows.map((it) => [it.member, it]))
  return ({ id, suspended }) => {
    const row = rowOf.get(id)
    if (suspended) return 'suspended'
    if (row === undefined || (row.seen_at === null && row.failing_since === null)) return 'noContact'
    return row.failing_since === null ? 'reachable' : 'unreachable'
  }
}

async function withinPatience<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMilliseconds} ms`)), patienceMilliseconds)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}
