import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '#kernel/canonical'
import { addTime } from '#kernel/clock'
import { type KeysFile, type NodeConfig, writeJson } from '#node/config'
import {
  type Directory,
  type DirectoryTrust,
  type Member,
  type SignedDirectory,
  signDirectory,
} from '#protocol/directory'
import { generateJwk, openOwnKey, type PrivateJwk, publicPart, thumbprint } from '#protocol/keys'

/** A member to be, without its keys. */
export type MemberPlan = Omit<Member, 'keys' | 'endpoint' | 'suspended'> & { readonly port: number }

export interface FederationPlan {
  readonly name: string
  readonly exercise: boolean
  readonly members: readonly MemberPlan[]
  readonly groups: Directory['groups']
  readonly now: Date
}

export interface FederationMaterial {
  readonly directory: SignedDirectory
  readonly trust: DirectoryTrust
  readonly directoryKeys: readonly PrivateJwk[]
  readonly keysOf: ReadonlyMap<string, KeysFile>
}

const directoryKeyCount = 3
const signaturesNeeded = 2

/** Makes keys for every member and a directory that two of three new directory keys sign: a federation on one machine. */
export async function planFederation(plan: FederationPlan): Promise<FederationMaterial> {
  const directoryKeys = Array.from({ length: directoryKeyCount }, () => generateJwk('sign'))
  const keysOf = new Map(plan.members.map((it) => [it.id, { keys: [generateJwk('sign'), generateJwk('seal')] }]))
  const document: Directory = {
    federation: plan.name,
    exercise: plan.exercise,
    version: 1,
    previous: null,
    issuedAt: plan.now.toISOString(),
    expiresAt: addTime(plan.now, 5, 'years'),
    members: await Promise.all(
      plan.members.map((it) => memberOf(it, { keys: keysOf.get(it.id)!.keys, now: plan.now })),
    ),
    groups: plan.groups,
  }
  return {
    directory: await signWith(document, directoryKeys.slice(0, signaturesNeeded)),
    trust: { federation: plan.name, threshold: signaturesNeeded, keys: directoryKeys.map(publicPart) },
    directoryKeys,
    keysOf,
  }
}

async function memberOf(
  { port, ...rest }: MemberPlan,
  { keys, now }: { keys: readonly PrivateJwk[]; now: Date },
): Promise<Member> {
  const listed = keys.map(async (jwk) => ({
    kid: await thumbprint(jwk),
    use: jwk.crv === 'Ed25519' ? ('sign' as const) : ('seal' as const),
    jwk: publicPart(jwk),
    notBefore: addTime(now, -1, 'days'),
    notAfter: addTime(now, 2, 'years'),
  }))
  return { ...rest, endpoint: { url: `http://127.0.0.1:${port}` }, suspended: false, keys: await Promise.all(listed) }
}

export async function signWith(document: Directory, keys: readonly PrivateJwk[]): Promise<SignedDirectory> {
  return {
    document,
    signatures: await Promise.all(keys.map(async (it) => signDirectory(document, await openOwnKey(it)))),
  }
}

/** The document that follows a directory, changed, ready to be signed. */
export function succeed(current: Directory, change: Partial<Directory>, now: Date): Directory {
  return { ...current, ...change, version: current.version + 1, previous: hashOf(current), issuedAt: now.toISOString() }
}

/** Writes one folder for each member: configuration, keys, directory. Returns the paths of the configuration files. */
export function writeFederation(
  root: string,
  material: FederationMaterial,
  databaseUrl: (member: string) => string | undefined,
): Map<string, string> {
  const files = new Map<string, string>()
  for (const member of material.directory.document.members) {
    const folder = join(root, member.id)
    mkdirSync(folder, { recursive: true })
    const url = new URL(member.endpoint.url)
    const database = databaseUrl(member.id)
    const config: Partial<NodeConfig> = {
      member: member.id,
      listen: { host: url.hostname, port: Number(url.port) },
      publicUrl: `http://localhost:${url.port}`,
      trust: material.trust,
      ...(database === undefined ? {} : { databaseUrl: database }),
    }
    const file = join(folder, 'node.json')
    writeJson(join(folder, 'keys.json'), material.keysOf.get(member.id), 0o600)
    writeJson(join(folder, 'directory.json'), material.directory)
    writeJson(file, config, 0o600)
    files.set(member.id, file)
  }
  writeJson(join(root, 'directory-keys.json'), { keys: material.directoryKeys }, 0o600)
  return files
}
