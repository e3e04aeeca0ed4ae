import { existsSync } from 'node:fs'
import type { Session } from '#cli/command'
import { usage } from '#cli/failure'
import { printJson, printValue } from '#cli/print'
import { writePrivate } from '#cli/profile'
import type { PrivateJwk } from '#protocol/keys'

/** A key as others may know it. */
interface PublicKey {
  readonly kid: string
  readonly use: 'sign' | 'seal'
  readonly jwk: object
}

/** Makes a key pair. The secret part goes to the file alone; what is printed can be handed to the keeper of the directory. */
export async function generateKey(
  { use, out, append }: { use: string; out: string; append: boolean },
  session: Session,
): Promise<undefined> {
  if (use !== 'sign' && use !== 'seal') throw usage('--use is sign or seal.')
  if (existsSync(out) && !append)
    throw usage(`${out} is there already. Add the key to it with --append, or name another file.`)
  const { generateJwk } = await import('#protocol/keys')
  const keys = append && existsSync(out) ? await readKeysFile(out) : []
  const made = generateJwk(use)
  writePrivate(out, `${JSON.stringify({ keys: [...keys, made] }, null, 2)}\n`)
  print([await publicKey(made)], session)
  if (!session.json) session.terminal.err(`The secret part is in ${out}, for its owner alone. Keep a copy offline.\n`)
  return undefined
}

export async function listKeys(file: string, session: Session): Promise<undefined> {
  print(await Promise.all((await readKeysFile(file)).map(publicKey)), session)
  return undefined
}

/** The keys of a key file: of a node, of the directory, or one key alone. */
export async function readKeysFile(file: string): Promise<PrivateJwk[]> {
  const { z } = await import('zod')
  const { KeysFile, readJson } = await import('#node/config')
  const { PrivateJwk } = await import('#protocol/keys')
  const read = readJson(file, z.union([KeysFile, PrivateJwk]))
  return 'keys' in read ? read.keys : [read]
}

async function publicKey(jwk: PrivateJwk): Promise<PublicKey> {
  const { publicPart, thumbprint } = await import('#protocol/keys')
  return { kid: await thumbprint(jwk), use: jwk.crv === 'Ed25519' ? 'sign' : 'seal', jwk: publicPart(jwk) }
}

function print(keys: readonly PublicKey[], { terminal, json }: Session): void {
  if (json) printJson(JSON.stringify({ items: keys }), terminal)
  else printValue({ items: keys }, { terminal, columns: ['use', 'kid', 'jwk'] })
}
