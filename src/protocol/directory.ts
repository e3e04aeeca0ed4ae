import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { toBase64url, utf8 } from '#kernel/bytes'
import { canonical, hashOf } from '#kernel/canonical'
import { fault } from '#protocol/faults'
import { GroupId, Instant, MemberId, memberKinds, type Party } from '#protocol/handling'
import { isSignedWith, signCompact } from '#protocol/jws'
import { type KeyUse, type OwnKey, PublicJwk, thumbprint } from '#protocol/keys'
import { markVerified, type Verified } from '#protocol/verified'

/** The directory (protocol point 1): who is a member, with which keys, at which address. The only source of trust. */

export const DirectoryKey = z.strictObject({
  kid: z.string().max(64),
  use: z.enum(['sign', 'seal']),
  jwk: PublicJwk,
  notBefore: Instant,
  notAfter: Instant,
  revokedAt: Instant.optional(),
})
export type DirectoryKey = z.infer<typeof DirectoryKey>

export const Member = z.strictObject({
  id: MemberId,
  name: z.string().min(1).max(200),
  kind: z.enum(memberKinds),
  /** ISO 3166-1 alpha-2, lowercase; null for a member that belongs to no one state. */
  country: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable(),
  mandates: z.array(z.string().max(200)).max(32),
  endpoint: z.strictObject({
    url: z.url().max(500),
    /** PEM of the certificate, or of the authority, that the endpoint must show; absent only for loopback HTTP. */
    certificate: z.string().max(8_192).optional(),
  }),
  contact: z.strictObject({
    desk: z.string().max(200),
    email: z.string().max(200),
    phone: z.string().max(64),
    hours: z.string().max(64),
  }),
  roles: z.array(z.string().max(64)).max(16),
  suspended: z.boolean().default(false),
  keys: z.array(DirectoryKey).min(1).max(32),
})
export type Member = z.infer<typeof Member>

export const Directory = z.strictObject({
  federation: z.string().min(1).max(100),
  exercise: z.boolean(),
  version: z.number().int().min(1),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  issuedAt: Instant,
  expiresAt: Instant,
  members: z.array(Member).min(1).max(1_000),
  groups: z
    .array(z.strictObject({ id: GroupId, name: z.string().max(200), members: z.array(MemberId).max(1_000) }))
    .max(500),
})
export type Directory = z.infer<typeof Directory>

export const SignedDirectory = z.strictObject({
  document: Directory,
  signatures: z.array(z.string().max(2_048)).max(32),
})
export type SignedDirectory = z.infer<typeof SignedDirectory>

/** What a node pins in its configuration: the directory keys, how many of them must sign, and the federation's name. */
export const DirectoryTrust = z.strictObject({
  federation: z.string(),
  threshold: z.number().int().min(1),
  keys: z.array(PublicJwk).min(1).max(32),
})
export type DirectoryTrust = z.infer<typeof DirectoryTrust>

const type = 'comity-directory+jws'

/** A detached signature (RFC 7515 appendix F) of one directory key over the canonical document. */
export async function signDirectory(document: Directory, key: OwnKey): Promise<string> {
  const [head, , signature] = signCompact(canonical(document), { key, type }).split('.')
  return `${head}..${signature}`
}

/**
 * Checks a directory against the pinned keys: enough distinct signatures, the right federation, not expired, and, given the
 * one in force, a greater version that follows it (no rollback). Throws `directory/*`.
 */
export async function verifyDirectory(
  input: unknown,
  options: { trust: DirectoryTrust; now: Date; current?: Directory | undefined },
): Promise<Verified<SignedDirectory>> {
  const parsed = SignedDirectory.safeParse(input)
  if (!parsed.success)
    throw fault('directory/malformed', 'This is not a signed directory.', {
      details: { issues: z.treeifyError(parsed.error) },
    })
  const { document } = parsed.data
  const { trust, now, current } = options
  checkFederation(document, trust)
  const signers = await signersOf(parsed.data, trust.keys)
  if (signers.size < trust.threshold) {
    throw fault(
      'directory/too-few-signatures',
      `${signers.size} of ${trust.threshold} required directory keys signed.`,
      {
        rule: 'protocol point 1: signed by k of n pinned keys',
      },
    )
  }
  await checkDocument(document, { trust, now, current })
  return markVerified(parsed.data)
}

/** All that makes a directory valid but its signatures: for one that is still to be signed. Throws `directory/*`. */
export async function checkDocument(
  document: Directory,
  { trust, now, current }: { trust: DirectoryTrust; now: Date; current?: Directory | undefined },
): Promise<void> {
  checkFederation(document, trust)
  if (document.expiresAt <= now.toISOString()) throw fault('directory/expired', 'This directory is past its expiry.')
  if (current !== undefined) checkSuccession(document, current)
  await checkConsistency(document)
}

function checkFederation(document: Directory, trust: DirectoryTrust): void {
  if (document.federation !== trust.federation) {
    throw fault(
      'directory/wrong-federation',
      `This directory belongs to ${document.federation}, not to ${trust.federation}.`,
    )
  }
}

/** Thumbprints of those of these keys that signed the document; each counts once. */
export async function signersOf(
  { document, signatures }: SignedDirectory,
  keys: readonly PublicJwk[],
): Promise<Set<string>> {
  const payload = toBase64url(utf8(canonical(document)))
  const byKid = new Map<string, PublicJwk>()
  for (const key of keys) byKid.set(await thumbprint(key), key)
  const signers = new Set<string>()
  for (const detached of signatures) {
    const [head, , signature] = detached.split('.')
    try {
      const { kid, typ } = decodeProtectedHeader(`${head}.${payload}.${signature}`)
      const jwk = kid === undefined ? undefined : byKid.get(kid)
      if (kid === undefined || jwk === undefined || typ !== type) continue
      if (isSignedWith(`${head}.${payload}.${signature}`, jwk)) signers.add(kid)
    } catch {}
  }
  return signers
}

function checkSuccession(next: Directory, current: Directory): void {
  if (next.version < current.version || (next.version === current.version && hashOf(next) !== hashOf(current))) {
    throw fault('directory/rollback', `Version ${current.version} is in force; ${next.version} does not follow it.`, {
      rule: 'protocol point 1: a growing version, no rollback',
    })
  }
  if (next.version === current.version + 1 && next.previous !== hashOf(current)) {
    throw fault('directory/rollback', `Version ${next.version} does not name the hash of version ${current.version}.`)
  }
}

async function checkConsistency(document: Directory): Promise<void> {
  const members = new Set(document.members.map((it) => it.id))
  if (members.size !== document.members.length) throw fault('directory/inconsistent', 'Two members share one id.')
  const kids = new Set<string>()
  for (const key of document.members.flatMap((it) => it.keys)) {
    if (kids.has(key.kid)) throw fault('directory/inconsistent', `Two entries share the key ${key.kid}.`)
    if (key.kid !== (await thumbprint(key.jwk)))
      throw fault('directory/inconsistent', `${key.kid} is not the thumbprint of its key.`)
    if ((key.use === 'sign') !== (key.jwk.crv === 'Ed25519'))
      throw fault('directory/inconsistent', `${key.kid} is of the wrong curve for its use.`)
    kids.add(key.kid)
  }
  const groups = new Set(document.groups.map((it) => it.id))
  if (groups.size !== document.groups.length) throw fault('directory/inconsistent', 'Two groups share one id.')
  for (const group of document.groups) {
    const stranger = group.members.find((it) => !members.has(it))
    if (stranger !== undefined)
      throw fault('directory/inconsistent', `Group ${group.id} names ${stranger}, who is no member.`)
  }
}

export function findMember(directory: Directory, id: string): Member {
  const member = directory.members.find((it) => it.id === id)
  if (member === undefined) throw fault('member/unknown', `${id} is not a member of ${directory.federation}.`)
  return member
}

/** A member with the groups that it belongs to, as policy sees it. */
export function partyOf(directory: Directory, id: string): Party {
  const member = findMember(directory, id)
  return { id, kind: member.kind, groups: directory.groups.filter((it) => it.members.includes(id)).map((it) => it.id) }
}

/**
 * The key of a member by id, valid for a use at an instant. A signature is judged at the time it was logged, so a key that
 * has since run out still verifies what it signed while valid. Throws `key/*` or `member/*`.
 */
export function findKey(
  directory: Directory,
  ask: { member: string; kid: string; use: KeyUse; at: Date },
): DirectoryKey {
  const member = findMember(directory, ask.member)
  if (member.suspended) throw fault('member/suspended', `${member.id} is suspended in the directory.`)
  const key = member.keys.find((it) => it.kid === ask.kid)
  if (key === undefined)
    throw fault('key/unknown', `The directory lists no such key for ${ask.member}.`, { details: { kid: ask.kid } })
  checkValidity(key, ask)
  return key
}

function checkValidity(key: DirectoryKey, { use, at }: { use: KeyUse; at: Date }): void {
  const instant = at.toISOString()
  const details = { kid: key.kid }
  if (key.use !== use) throw fault('key/wrong-use', `The key is for ${key.use}, not for ${use}.`, { details })
  if (key.revokedAt !== undefined && key.revokedAt <= instant)
    throw fault('key/revoked', `The key was revoked at ${key.revokedAt}.`, { details })
  if (instant < key.notBefore) throw fault('key/not-yet-valid', `The key is valid from ${key.notBefore}.`, { details })
  if (instant >= key.notAfter) throw fault('key/expired', `The key ran out at ${key.notAfter}.`, { details })
}

/** The key of a member to use now: the valid one that lasts longest, so that rotation needs no switch. */
export function currentKey(directory: Directory, ask: { member: string; use: KeyUse; at: Date }): DirectoryKey {
  const instant = ask.at.toISOString()
  const usable = findMember(directory, ask.member).keys.filter(
    (it) =>
      it.use === ask.use &&
      it.notBefore <= instant &&
      instant < it.notAfter &&
      (it.revokedAt === undefined || it.revokedAt > instant),
  )
  const best = usable.sort((a, b) => (a.notAfter < b.notAfter ? 1 : -1))[0]
  if (best === undefined) throw fault('key/expired', `${ask.member} has no valid key to ${ask.use} with.`)
  return best
}
