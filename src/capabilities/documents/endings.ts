import { indexOf } from '#capabilities/documents/engine'
import { type Declaration, declarationKind, endings, numbersOf } from '#capabilities/documents/record'
import { lookUpPurpose, saysOf } from '#capabilities/documents/rules'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import { type Directory, partyOf } from '#protocol/directory'
import { nextVersion } from '#protocol/draft'
import { type Handling, inAudience } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch } from '#store/change'
import type { RecordRow } from '#store/tables'
import { distribute, redistribute } from '#wire/distribute'

/**
 * A declaration that is shared later takes along what ended it: whoever holds it has to hold that the document was recovered, or
 * declared in error, or it would stop people with a document that is good.
 */

/** A declaration that ends some of those of an earlier one, with who holds it and who does not and has to. */
export interface Ending {
  readonly row: RecordRow
  readonly holders: readonly string[]
  readonly missing: readonly string[]
}

/** What it takes to give endings to those who hold what they end: under their own header, widened by them where it must be. */
export function sendEndings(
  all: readonly Ending[],
  { me, now, directory }: { readonly me: string; readonly now: Date; readonly directory: Directory },
): Omit<Change, 'cursor'> | undefined {
  const caller = { actor: { member: partyOf(directory, me) }, via: 'system' as const, purpose: lookUpPurpose }
  const records: NonNullable<Change['records']>[number][] = []
  const send: Dispatch[] = []
  const audit: Change['audit'][number][] = []
  for (const { row, holders, missing } of all) {
    const { audience } = row.handling as Handling
    const unnamed = missing.filter((it) => inAudience(audience, partyOf(directory, it)) === false)
    const handling = {
      ...(row.handling as Handling),
      audience: { ...audience, members: [...audience.members, ...unnamed] },
    }
    const draft = unnamed.length === 0 ? undefined : nextVersion(row, { now, handling })
    const target = { id: row.id, type: row.type, owner: row.owner, version: draft?.version ?? row.version, handling }
    const towards = { purpose: lookUpPurpose, directory, now }
    const sent = distribute(target, { ...towards, members: missing }).send
    if (sent.length === 0) continue
    send.push(...sent)
    if (draft !== undefined) {
      records.push({ record: draft, caption: row.caption })
      send.push(...redistribute(draft, { ...towards, members: holders }))
    }
    for (const { to } of sent) audit.push(audited('disclose', caller, { object: target, recipient: to }))
  }
  return send.length === 0 ? undefined : { records, send, audit }
}

/** Which endings of ours somebody lacks who holds a declaration of ours that they end. */
export async function readEndings(declarations: readonly RecordId[], services: Services): Promise<Ending[]> {
  const { store } = services
  const index = indexOf(services)
  const own = [...index.all()].filter(({ owner, subject }) => owner === store.me && subject.state === 'active')
  const ends = own.filter(({ id }) => endings.some((it) => index.counts(id)[it] !== undefined)).map((it) => it.id)
  const changed = declarations.filter((id) => index.record(id)?.owner === store.me && ends.some((it) => it > id))
  if (changed.length === 0) return []
  const held = await readHeld([...changed, ...ends], services)
  const lacking = new Map<RecordId, Set<string>>()
  for (const id of changed) {
    const open = ends.filter((it) => it > id && missingOf(held, id, it).length > 0)
    for (const it of open.length === 0 ? [] : await endingsOf(id, open, services)) {
      const missing = lacking.get(it) ?? new Set()
      for (const member of missingOf(held, id, it)) missing.add(member)
      lacking.set(it, missing)
    }
  }
  const rows = await readWhole([...lacking.keys()], services)
  return rows.map((row) => ({ row, holders: held.get(row.id) ?? [], missing: [...lacking.get(row.id)!] }))
}

type Held = ReadonlyMap<string, readonly string[]>

function missingOf(held: Held, declaration: string, ending: string): string[] {
  const have = held.get(ending) ?? []
  return (held.get(declaration) ?? []).filter((it) => !have.includes(it))
}

async function readHeld(ids: readonly string[], { store }: Services): Promise<Held> {
  const rows = await store.db
    .selectFrom('holdings')
    .select(['record_id', 'member'])
    .where('record_id', 'in', [...ids])
    .where('state', 'in', ['sent', 'held'])
    .execute()
  const held = new Map<string, string[]>()
  for (const { record_id, member } of rows) held.set(record_id, [...(held.get(record_id) ?? []), member])
  return held
}

/** Those of these endings that end a document that the declaration names. */
async function endingsOf(id: RecordId, open: readonly RecordId[], services: Services): Promise<RecordId[]> {
  const [row] = await readWhole([id], services)
  if (row === undefined) return []
  const declared = row.body as unknown as Declaration
  let asked = open
  if (declared.ranges.length === 0) {
    const index = indexOf(services)
    const mentioned = new Set<RecordId>()
    for (const group of declared.groups)
      for (const number of numbersOf(group))
        for (const it of index.mentions({ number, kind: group.kind, issuer: declared.issuer })) mentioned.add(it.id)
    asked = open.filter((it) => mentioned.has(it))
  }
  const rows = await readWhole(asked, services)
  return rows.filter((it) => doesEnd(it.body as unknown as Declaration, declared)).map((it) => it.id)
}

/** Whether one declaration ends, on that day or later, what another says of a document. */
export function doesEnd(ending: Declaration, declared: Declaration): boolean {
  return ending.groups
    .filter((it) => (endings as readonly string[]).includes(it.status))
    .some((group) =>
      [...declared.groups, ...declared.ranges]
        .filter((it) => it.kind === group.kind && it.declaredAt <= group.declaredAt)
        .filter((it) => !(endings as readonly string[]).includes(it.status))
        .some((said) => {
          const only = 'numbers' in said ? { groups: [said], ranges: [] } : { groups: [], ranges: [said] }
          return numbersOf(group).some((number) => saysOf(only, { ...said, number }))
        }),
    )
}

function readWhole(ids: readonly RecordId[], { store }: Services): Promise<RecordRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('type', '=', declarationKind.type)
    .where('state', '=', 'active')
    .execute()
}
