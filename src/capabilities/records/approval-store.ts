import type { Approval, ApprovalState } from '#capabilities/records/approval'
import type { KnowsOf } from '#http/events'
import type { RecordId } from '#kernel/ids'
import type { Earlier } from '#policy/four-eyes'
import { openRecord } from '#protocol/record'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'

interface ApprovalRow
  extends Pick<
    Approval,
    | 'id'
    | 'record'
    | 'version'
    | 'asked'
    | 'recipients'
    | 'rules'
    | 'reason'
    | 'asker'
    | 'purpose'
    | 'reference'
    | 'decider'
    | 'decision'
    | 'seen'
  > {
  readonly state: Exclude<ApprovalState, 'expired'>
  readonly asked_at: Date
  readonly expires_at: Date
  readonly decided_at: Date | null
}

const listLimit = 200

function tables({ db }: Store) {
  return db.withTables<{ approvals: ApprovalRow }>()
}

/** What asked for a second person, newest first: of everybody, or of one person alone. */
export async function readApprovals(
  store: Store,
  { state, asker }: { readonly state?: ApprovalState | undefined; readonly asker?: string | undefined },
): Promise<Approval[]> {
  const now = store.clock.now()
  const rows = await tables(store)
    .selectFrom('approvals')
    .selectAll()
    .$if(asker !== undefined, (query) =>
      query.where((eb) => eb(eb.ref('asker', '->>').key('id'), '=', asker as string)),
    )
    .$if(state !== undefined, (query) =>
      state === 'expired'
        ? query.where('state', '=', 'waiting').where('expires_at', '<=', now)
        : query
            .where('state', '=', state as ApprovalRow['state'])
            .$if(state === 'waiting', (open) => open.where('expires_at', '>', now)),
    )
    .orderBy('id', 'desc')
    .limit(listLimit)
    .execute()
  return rows.map((it) => approvalOf(it, now))
}

export async function readApproval(store: Store, id: string): Promise<Approval | undefined> {
  const row = await tables(store).selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst()
  return row && approvalOf(row, store.clock.now())
}

/** The versions of a record of ours before the current one, back to the last that a second person approved. */
export async function readEarlier(
  store: Store,
  { id, version }: { readonly id: RecordId; readonly version: number },
): Promise<Earlier[]> {
  const approved = tables(store)
    .selectFrom('approvals')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('version'))
    .where('record', '=', id)
    .where('state', '=', 'approved')
    .where((eb) => eb(eb.ref('asked', '->>').key('act'), '=', 'share'))
  const rows = await store.db
    .selectFrom('record_versions')
    .select(['signed', 'disclosures'])
    .where('record_id', '=', id)
    .where('version', '<', version)
    .where('version', '>', approved)
    .execute()
  return rows.map((it) => openRecord(storedVersion(it)))
}

function approvalOf({ asked_at, expires_at, decided_at, ...row }: ApprovalRow, now: Date): Approval {
  return {
    ...row,
    state: row.state === 'waiting' && expires_at <= now ? 'expired' : row.state,
    askedAt: asked_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    decidedAt: decided_at?.toISOString() ?? null,
  }
}

/** Who may know of one: whoever asked, and every supervisor who may see the record. */
export const knowsOfApproval: KnowsOf = async (id, { caller, store, record }) => {
  const approval = await readApproval(store, id)
  const { person } = caller.actor
  const theirs = approval?.asker.id === person?.id || person?.roles.includes('supervisor') === true
  return approval !== undefined && theirs && (await record(approval.record)) !== undefined
}
