import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '#capabilities/people/faults'
import type { Settings } from '#http/services'
import { fromBase64url, toBase64url, utf8 } from '#kernel/bytes'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/**
 * The secrets of authenticators have to be opened to be compared, so they are sealed under a key that lies in a file of the
 * data directory: a copy of the database alone opens none of them. Each is bound to its person.
 */
export function sealSecret(secret: string, person: string, settings: Pick<Settings, 'dataDirectory'>): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(settings), nonce).setAAD(utf8(person))
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final()])
  return toBase64url(Buffer.concat([sealed, cipher.getAuthTag()]))
}

/** Throws `people/factor-unreadable` when the key file is not the one with which it was sealed. */
export function openSecret(sealed: string, person: string, settings: Pick<Settings, 'dataDirectory'>): string {
  const bytes = fromBase64url(sealed)
  try {
    const nonce = bytes.subarray(0, nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', keyOf(settings), nonce).setAAD(utf8(person))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw fault(
      'people/factor-unreadable',
      'This node has lost the key of its authenticator secrets. Use a recovery code or a passkey, or have an administrator reset your second factor.',
      { cause },
    )
  }
}

const keys = new Map<string, Buffer>()

function keyOf({ dataDirectory }: Pick<Settings, 'dataDirectory'>): Buffer {
  const file = join(dataDirectory, 'second-factor.key')
  const known = keys.get(file)
  if (known !== undefined) return known
  try {
    writeFileSync(file, toBase64url(randomBytes(keyBytes)), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  if (key.byteLength !== keyBytes) throw new Error(`${file} does not hold a key of ${keyBytes} bytes`)
  keys.set(file, key)
  return key
}
