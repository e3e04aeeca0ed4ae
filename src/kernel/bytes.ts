import { createHash, timingSafeEqual } from 'node:crypto'

export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new RangeError('not lowercase hexadecimal')
  return Buffer.from(text, 'hex')
}

export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** Takes only the one text that the bytes have: no padding and no spare bits, which would give one value two names. */
export function fromBase64url(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url')
  if (toBase64url(bytes) !== text) throw new RangeError('not base64url')
  return bytes
}

export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

/** Compares in a time that does not depend on where the two differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
