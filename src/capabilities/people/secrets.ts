import { randomBytes } from 'node:crypto'
import { sha256, toBase64url, toHex } from '#kernel/bytes'

/**
 * Secrets that the node makes itself have 256 or 100 random bits, so one round of SHA-256 keeps them: nobody can guess
 * through them. Only words that people choose need a slow hash.
 */

export const tokenPrefix = 'comity_'

export function newToken(): string {
  return `${tokenPrefix}${toBase64url(randomBytes(32))}`
}

export function newSessionSecret(): string {
  return toBase64url(randomBytes(32))
}

export function digestOf(secret: string): string {
  return toHex(sha256(secret))
}

// 32 signs, so that five bits of a byte pick one without a bias; none is mistaken for another when read out.
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A secret for people to hand over and type once: 20 signs in groups of five, 100 bits. */
export function newOneTimeCode(): string {
  const text = [...randomBytes(20)].map((it) => signs[it & 31]).join('')
  return text.match(/.{5}/g)!.join('-')
}
