import { createPublicKey } from 'node:crypto'
import type { Services } from '#http/services'
import { sha256, toHex } from '#kernel/bytes'
import { type VerifierKey, verifierKey } from '#ledger/note'
import type { Directory, DirectoryKey } from '#protocol/directory'
import type { Store } from '#store/store'

/** A signing key that is, or once was, in the directory. */
export type LedgerKey = Pick<DirectoryKey, 'kid' | 'jwk' | 'notBefore' | 'notAfter'> & {
  readonly member: string
  readonly revokedAt: string | null
}

/** The name of a member's log, and of its key as a witness: `comity/<federation>/<member>`. */
export function originOf({ federation }: Pick<Directory, 'federation'>, member: string): string {
  const plain = federation
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')
  return `comity/${plain === '' ? toHex(sha256(federation)).slice(0, 12) : plain}/${member}`
}

export function verifierOf({ federation }: Pick<Directory, 'federation'>, key: LedgerKey, use: VerifierKey['use']) {
  return verifierKey(originOf({ federation }, key.member), use, createPublicKey({ key: key.jwk, format: 'jwk' }))
}

export function keysIn(directory: Directory): LedgerKey[] {
  return directory.members.flatMap((member) =>
    member.keys
      .filter((it) => it.use === 'sign')
      .map(({ kid, jwk, notBefore, notAfter, revokedAt = null }) => ({
        kid,
        jwk,
        notBefore,
        notAfter,
        revokedAt,
        member: member.id,
      })),
  )
}

/** The keys with which a member may sign now. */
export function validKeys(directory: Directory, member: string, now: Date): LedgerKey[] {
  const at = now.toISOString()
  return keysIn(directory).filter(
    (it) =>
      it.member === member && it.notBefore <= at && at < it.notAfter && (it.revokedAt === null || at < it.revokedAt),
  )
}

interface KeyRow {
  kid: string
  member: string
  jwk: LedgerKey['jwk']
  not_before: string
  not_after: string
  revoked_at: string | null
}

/** Keys of past directories too: a note stays as good as it was when the key that signed it leaves the directory. */
export async function readKeys(store: Store): Promise<LedgerKey[]> {
  const rows = await store.db
    .withTables<{ ledger_keys: KeyRow }>()
    .selectFrom('ledger_keys')
    .selectAll()
    .orderBy('member')
    .orderBy('not_before')
    .execute()
  return rows.map((it) => ({
    kid: it.kid,
    member: it.member,
    jwk: it.jwk,
    notBefore: it.not_before,
    notAfter: it.not_after,
    revokedAt: it.revoked_at,
  }))
}

/** Keeps the keys of the directory in force that are new or have changed. */
export async function keepKeys({ store, directories }: Services): Promise<void> {
  const kept = new Map((await readKeys(store)).map((it) => [it.kid, it]))
  const changed = keysIn(directories.current()).filter((it) => {
    const known = kept.get(it.kid)
    return known === undefined || known.revokedAt !== it.revokedAt || known.notAfter !== it.notAfter
  })
  if (changed.length === 0) return
  const rows = changed.map(({ kid, member, jwk, notBefore, notAfter, revokedAt }) => ({
    op: 'upsert' as const,
    table: 'ledger_keys',
    key: ['kid'],
    values: { kid, member, jwk, not_before: notBefore, not_after: notAfter, revoked_at: revokedAt },
  }))
  await store.commit({ rows, audit: [] })
}
