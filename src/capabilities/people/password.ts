import { argon2, randomBytes } from 'node:crypto'
import { fault } from '#capabilities/people/faults'
import { sameBytes } from '#kernel/bytes'

/** Argon2id as the OWASP Password Storage Cheat Sheet asks at least: 19 MiB, two passes, one lane. */
const strength = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32

/** NIST SP 800-63B-4 section 3.1.1.2: 15 characters where a password is the only factor, and no rules of composition. */
const shortest = 15
const fewestDifferent = 5

/** `former` is the one that it replaces. Throws `people/weak-password`. */
export function checkPassword(password: string, { username, former }: { username: string; former?: string }): void {
  const characters = [...normal(password)]
  const weakness =
    characters.length < shortest
      ? `A password has at least ${shortest} characters; a short sentence does.`
      : new Set(characters).size < fewestDifferent
        ? 'A password does not repeat a few characters.'
        : normal(password).toLowerCase().includes(username)
          ? 'A password does not contain the username.'
          : former !== undefined && normal(password) === normal(former)
            ? 'The new password is the old one.'
            : undefined
  if (weakness !== undefined)
    throw fault('people/weak-password', weakness, { rule: 'NIST SP 800-63B-4 section 3.1.1.2' })
}

/** The password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return phc(salt, await derive(password, { ...strength, salt, tagLength: tagBytes }))
}

/** Works as long as any other and fits no password: compared when there is no such person, so that time tells nothing. */
export const nobodysPassword = phc(randomBytes(saltBytes), randomBytes(tagBytes))

const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{8,86})\$([A-Za-z0-9+/]{16,86})$/

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = shape.exec(hash)
  if (parts === null) throw new Error('a stored password is not an Argon2id PHC string')
  const [, memory, passes, parallelism, salt, tag] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const expected = Buffer.from(tag, 'base64')
  const options = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tagLength: expected.byteLength,
  }
  return sameBytes(await derive(password, options), expected)
}

function phc(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = strength
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

/** The same password typed on two keyboards has one form (Unicode NFKC, as SP 800-63B-4 asks). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

// Hashing is dear on purpose. Strangers may ask for it, so what waits is bounded; beyond it the node says that it is busy.
const waitingLimit = 128
let waiting = 0

interface Derivation {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly tagLength: number
}

async function derive(password: string, { salt, ...options }: Derivation): Promise<Buffer> {
  if (waiting >= waitingLimit)
    throw fault('people/busy', 'Too many people are signing in at this moment. Try again shortly.')
  waiting += 1
  try {
    return await new Promise((resolve, reject) =>
      argon2('argon2id', { message: normal(password), nonce: salt, ...options }, (cause, tag) =>
        cause === null ? resolve(tag) : reject(cause),
      ),
    )
  } finally {
    waiting -= 1
  }
}
