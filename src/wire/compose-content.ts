import type { RecordId } from '#kernel/ids'
import { parseJson } from '#kernel/json'
import { type Act, type Decision, decide } from '#policy/decide'
import { type Directory, findMember, partyOf } from '#protocol/directory'
import { type EffectiveHandling, effective, meet, type Purpose } from '#protocol/handling'
import { type Disclosure, isAudience, type SignedRecord, withhold } from '#protocol/record'
import { markVerified, type Verified } from '#protocol/verified'
import type { DispatchContent } from '#store/change'
import { readGrants, subjectOf } from '#store/reader'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'
import type { WireContent } from '#wire/content'

type Composed =
  | { readonly content: WireContent }
  | { readonly refused: { readonly code: string; readonly rule: string } }

/**
 * Turns what the outbox holds into what leaves. The sender's own check (protocol point 3) is made here, at the last moment:
 * a record that has expired, was withdrawn or lost this recipient from its audience since it was queued does not go, and
 * a field whose mark excludes the recipient is left out.
 */
export async function composeContent(
  store: Store,
  content: DispatchContent,
  route: { to: string; purpose: Purpose; directory: Directory },
): Promise<Composed> {
  if (content.kind !== 'record')
    return { content: content.kind === 'checkpoint' ? { ...content, proof: [...content.proof] } : content }
  if (findMember(route.directory, route.to).suspended)
    return refusal({ permit: false, because: [{ rule: 'role', text: `${route.to} is suspended in the directory.` }] })
  const row = await store.db.selectFrom('records').selectAll().where('id', '=', content.id).executeTakeFirst()
  const stored = await readVersion(store, content.id, content.version)
  if (row === undefined || stored === undefined)
    return refusal({ permit: false, because: [{ rule: 'state', text: 'The record is no longer held.' }] })
  const decideOn = await decideFor(store, row, route)
  const whole = decideOn(effective(row.handling))
  if (!whole.permit) return refusal(whole)
  const keep = (it: Disclosure) =>
    isAudience(it) ? row.handling.onward === 'audience' : decideOn(meet(effective(row.handling), it.mark ?? {})).permit
  const record = withhold(stored, keep)
  const grant = content.grant === undefined ? undefined : await readCurrent(store, content.grant)
  return { content: grant === undefined ? { kind: 'record', record } : { kind: 'record', record, grant } }
}

async function decideFor(
  store: Store,
  row: RecordRow,
  { to, purpose, directory }: { to: string; purpose: Purpose; directory: Directory },
) {
  const grants = (await readGrants(store, [row.id])).filter((it) => it.record === row.id)
  const actor = { member: partyOf(directory, store.me) }
  const act: Act = row.owner === store.me ? 'disclose' : 'onward'
  const circumstances = { now: store.clock.now(), purpose, recipient: partyOf(directory, to), grants }
  return (handling: EffectiveHandling): Decision => decide(actor, act, { ...subjectOf(row), handling }, circumstances)
}

function refusal(decision: Extract<Decision, { permit: false }>): Composed {
  const [first] = decision.because
  return { refused: { code: `policy/${first?.rule ?? 'refused'}`, rule: first?.text ?? '' } }
}

/** A stored version with all the disclosures that this node holds. It was verified before it was written. */
export async function readVersion(
  store: Store,
  id: RecordId,
  version: number,
): Promise<Verified<SignedRecord> | undefined> {
  const row = await store.db
    .selectFrom('record_versions')
    .select(['signed', 'disclosures'])
    .where('record_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const limits = { bytes: 16_777_216, depth: 48 }
  const { text, signature } = parseJson(row.signed, limits) as Pick<SignedRecord, 'text' | 'signature'>
  return markVerified({ text, signature, disclosures: parseJson(row.disclosures, limits) as Disclosure[] })
}

async function readCurrent(store: Store, id: RecordId): Promise<Verified<SignedRecord> | undefined> {
  const row = await store.db.selectFrom('records').select('version').where('id', '=', id).executeTakeFirst()
  return row && readVersion(store, id, row.version)
}
