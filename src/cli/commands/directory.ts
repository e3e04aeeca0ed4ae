import { type Given, one, type Session } from '#cli/command'
import { readKeysFile } from '#cli/commands/keys'
import { usage } from '#cli/failure'
import { printJson, printValue } from '#cli/print'
import { inputOnce, readJsonValue } from '#cli/values'
import type { Directory, DirectoryTrust, SignedDirectory } from '#protocol/directory'

/** Administrators and auditors see the directory in force as it was signed. */
const signedPath = '/api/v1/directory'

export async function showDirectory(file: string | undefined, session: Session): Promise<undefined> {
  const signed = await currentOrFile(file, session)
  const { terminal, json } = session
  if (json) {
    printJson(JSON.stringify(signed), terminal)
    return undefined
  }
  const { members, groups, ...head } = signed.document
  printValue({ ...head, signatures: signed.signatures.length }, { terminal, columns: null })
  const now = new Date().toISOString()
  const rows = members.map((it) => ({
    member: it.id,
    name: it.name,
    kind: it.kind,
    endpoint: it.endpoint.url,
    keys: it.keys.filter((key) => key.notBefore <= now && now < key.notAfter && (key.revokedAt ?? '9') > now).length,
    keysUntil: it.keys
      .map((key) => key.notAfter)
      .sort()
      .at(-1),
    suspended: it.suspended,
  }))
  terminal.out('\n')
  printValue(rows, { terminal, columns: null })
  if (groups.length > 0) {
    terminal.out('\n')
    printValue(groups, { terminal, columns: ['id', 'name', 'members'] })
  }
  return undefined
}

/** Checks a file against the pinned keys of a node's configuration, and against the directory that it is to follow. */
export async function verifyFile(file: string, given: Given, session: Session): Promise<undefined> {
  const { verifyDirectory } = await import('#protocol/directory')
  const trust = await trustOf(given)
  const current = one(given, 'from')
  const signed = await verifyDirectory(await readFile(file), {
    trust,
    now: new Date(),
    ...(current === undefined ? {} : { current: (await readSigned(current)).document }),
  })
  const { federation, version, expiresAt, members } = signed.document
  print({ verified: true, federation, version, expiresAt, members: members.length }, session)
  return undefined
}

/** The document that follows the one in force, changed and not yet signed. */
export async function propose(given: Given, session: Session): Promise<undefined> {
  const { Directory } = await import('#protocol/directory')
  const { succeed } = await import('#node/federation')
  const current = await currentOrFile(one(given, 'from'), session)
  const readInput = inputOnce(session.terminal)
  const change = await readJsonValue(one(given, 'change')!, { flag: '--change', readInput })
  const parsed = Directory.partial().safeParse(change)
  if (!parsed.success) throw usage(`--change is no part of a directory: ${await prettify(parsed.error)}`)
  const defined = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined))
  const document = Directory.parse(succeed(current.document, defined as Partial<Directory>, new Date()))
  await writeResult({ document, signatures: [] }, one(given, 'out'), session)
  return undefined
}

/** Adds the signatures of the keys in a file. Each keeper of a directory key does this on a machine of their own. */
export async function signFile(file: string, given: Given, session: Session): Promise<undefined> {
  const { signDirectory } = await import('#protocol/directory')
  const { openOwnKey } = await import('#protocol/keys')
  const signed = await readSigned(file)
  const signatures = [...signed.signatures]
  const keys = await Promise.all((await readKeysFile(one(given, 'key')!)).map(openOwnKey))
  const signing = keys.filter((it) => it.use === 'sign')
  if (signing.length === 0) throw usage(`${one(given, 'key')} has no key to sign with.`)
  for (const key of signing) {
    const signature = await signDirectory(signed.document, key)
    if (!signatures.includes(signature)) signatures.push(signature)
  }
  await writeResult({ ...signed, signatures }, one(given, 'out') ?? file, session)
  return undefined
}

export async function adopt(file: string, headers: Record<string, string>, session: Session): Promise<undefined> {
  const body = await readSigned(file)
  const { text } = await session.client().call({
    method: 'POST',
    path: '/api/v1/directory',
    headers,
    body,
    idempotencyKey: crypto.randomUUID(),
  })
  if (session.json) printJson(text, session.terminal)
  else printValue(JSON.parse(text), { terminal: session.terminal, columns: null })
  return undefined
}

async function currentOrFile(file: string | undefined, session: Session): Promise<SignedDirectory> {
  if (file !== undefined) return readSigned(file)
  const { SignedDirectory } = await import('#protocol/directory')
  return SignedDirectory.parse(await session.client().json({ path: signedPath }))
}

async function readFile(file: string): Promise<unknown> {
  const { z } = await import('zod')
  const { readJson } = await import('#node/config')
  return readJson(file, z.unknown())
}

async function readSigned(file: string): Promise<SignedDirectory> {
  const { readDirectoryFile } = await import('#node/config')
  return readDirectoryFile(file)
}

async function trustOf(given: Given): Promise<DirectoryTrust> {
  const { readConfig, readJson } = await import('#node/config')
  const config = one(given, 'config')
  if (config !== undefined) return readConfig(config).trust
  const file = one(given, 'trust')
  if (file === undefined) throw usage('Name the pinned keys: --config with the configuration of a node, or --trust.')
  const { DirectoryTrust } = await import('#protocol/directory')
  return readJson(file, DirectoryTrust)
}

async function writeResult(signed: SignedDirectory, out: string | undefined, session: Session): Promise<void> {
  const { terminal } = session
  if (out === undefined) return printJson(JSON.stringify(signed, null, 2), terminal)
  const { writeJson } = await import('#node/config')
  writeJson(out, signed)
  const { version, federation } = signed.document
  print({ file: out, federation, version, signatures: signed.signatures.length }, session)
}

function print(value: object, { terminal, json }: Session): void {
  if (json) printJson(JSON.stringify(value), terminal)
  else printValue(value, { terminal, columns: null })
}

async function prettify(error: unknown): Promise<string> {
  const { z } = await import('zod')
  return z.prettifyError(error as Parameters<typeof z.prettifyError>[0])
}
