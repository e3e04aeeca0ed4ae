import type { RecordId } from '#kernel/ids'
import { type Act, type Decision, decide } from '#policy/decide'
import { type Directory, findMember, partyOf } from '#protocol/directory'
import { type EffectiveHandling, effective, meet, type Purpose } from '#protocol/handling'
import { type Disclosure, isAudience, type SignedRecord, withhold } from '#protocol/record'
import type { Verified } from '#protocol/verified'
import type { DispatchContent } from '#store/change'
import { readGrants } from '#store/grants'
import { subjectOf } from '#store/reader'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'
import type { RecordRow } from '#store/tables'
import type { WireContent } from '#wire/content'

type Composed =
  | { readonly content: WireContent }
  | { readonly refused: { readonly code: string; readonly rule: string } }

/** What a batch of the outbox speaks of, read in three statements however many rows it has. */
export interface Spoken {
  readonly rows: ReadonlyMap<string, RecordRow>
  /** By id and version. */
  readonly versions: ReadonlyMap<string, Verified<SignedRecord>>
  readonly grants: Awaited<ReturnType<typeof readGrants>>
}

export async function readSpoken(store: Store, contents: readonly DispatchContent[]): Promise<Spoken> {
  const ids = new Set<RecordId>()
  for (const it of contents) {
    if (it.kind !== 'record') continue
    ids.add(it.id)
    if (it.grant !== undefined) ids.add(it.grant)
  }
  if (ids.size === 0) return { rows: new Map(), versions: new Map(), grants: [] }
  const all = [...ids]
  const [rows, versions, grants] = await Promise.all([
    store.db
      .selectFrom('records')
      .selectAll()
      .where((eb) => eb('id', '=', eb.fn.any(eb.val(all))))
      .execute(),
    readVersions(store, contents, all),
    readGrants(store, all),
  ])
  return { rows: new Map(rows.map((it) => [it.id, it])), versions, grants }
}

/**
 * Turns what the outbox holds into what leaves. The sender's own check (protocol point 3) is made here, at the last moment:
 * a record that has expired, was withdrawn or lost this recipient from its audience since it was queued does not go, and
 * a field whose mark excludes the recipient is left out.
 */
export function composeContent(
  store: Store,
  content: DispatchContent,
  route: { to: string; purpose: Purpose; directory: Directory; spoken: Spoken },
): Composed {
  if (content.kind !== 'record')
    return { content: content.kind === 'checkpoint' ? { ...content, proof: [...content.proof] } : content }
  if (findMember(route.directory, route.to).suspended)
    return refusal({ permit: false, because: [{ rule: 'role', text: `${route.to} is suspended in the directory.` }] })
  const { rows, versions } = route.spoken
  const row = rows.get(content.id)
  const stored = versions.get(`${content.id} ${content.version}`)
  if (row === undefined || stored === undefined)
    return refusal({ permit: false, because: [{ rule: 'state', text: 'The record is no longer held.' }] })
  const decideOn = decideFor(store, row, route)
  const whole = decideOn(effective(row.handling))
  if (!whole.permit) return refusal(whole)
  const keep = (it: Disclosure) =>
    isAudience(it) ? row.handling.onward === 'audience' : decideOn(meet(effective(row.handling), it.mark ?? {})).permit
  const record = withhold(stored, keep)
  const granting = content.grant === undefined ? undefined : rows.get(content.grant)
  const grant = granting === undefined ? undefined : versions.get(`${granting.id} ${granting.version}`)
  return { content: grant === undefined ? { kind: 'record', record } : { kind: 'record', record, grant } }
}

function decideFor(
  store: Store,
  row: RecordRow,
  { to, purpose, directory, spoken }: { to: string; purpose: Purpose; directory: Directory; spoken: Spoken },
) {
  const grants = spoken.grants.filter((it) => it.record === row.id)
  const actor = { member: partyOf(directory, store.me) }
  const act: Act = row.owner === store.me ? 'disclose' : 'onward'
  const circumstances = { now: store.clock.now(), purpose, recipient: partyOf(directory, to), grants }
  return (handling: EffectiveHandling): Decision => decide(actor, act, { ...subjectOf(row), handling }, circumstances)
}

function refusal(decision: Extract<Decision, { permit: false }>): Composed {
  const [first] = decision.because
  return { refused: { code: `policy/${first?.rule ?? 'refused'}`, rule: first?.text ?? '' } }
}

/** Stored versions with all the disclosures that this node holds. They were verified before they were written. */
async function readVersions(
  store: Store,
  contents: readonly DispatchContent[],
  ids: readonly RecordId[],
): Promise<Map<string, Verified<SignedRecord>>> {
  const wanted = new Set(contents.flatMap((it) => (it.kind === 'record' ? `${it.id} ${it.version}` : [])))
  const granted = new Set(contents.flatMap((it) => (it.kind === 'record' ? (it.grant ?? []) : [])))
  const rows = await store.db
    .selectFrom('record_versions')
    .select(['record_id', 'version', 'signed', 'disclosures'])
    .where((eb) => eb('record_id', '=', eb.fn.any(eb.val([...ids] as string[]))))
    .execute()
  const versions = new Map<string, Verified<SignedRecord>>()
  for (const { record_id: id, version, signed, disclosures } of rows) {
    const name = `${id} ${version}`
    if (!wanted.has(name) && !granted.has(id as RecordId)) continue
    versions.set(name, storedVersion({ signed, disclosures }))
  }
  return versions
}
