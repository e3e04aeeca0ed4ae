import { sha256, toHex } from '#kernel/bytes'
import { defineFaults } from '#kernel/fault'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Nearly every string: neither quote, backslash, control character nor surrogate. Three times as fast as asking for escapes. */
const needsNoEscape = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

const fault = defineFaults({ 'canonical/not-json': 'invalid' })

/**
 * The JSON Canonicalization Scheme (RFC 8785): keys sorted by UTF-16 code units, numbers as ECMAScript prints them,
 * minimal string escapes. `undefined` members are left out. Throws `canonical/not-json` for what JSON cannot say:
 * non-finite numbers, lone surrogates (RFC 8785 section 3.2.2.2), functions, dates, maps and other instances of classes.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (needsNoEscape.test(value)) return `"${value}"`
      if (!value.isWellFormed()) throw fault('canonical/not-json', 'A string holds half of a surrogate pair.')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw fault('canonical/not-json', 'A number is not finite.')
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return canonicalArray(value)
      if (!isPlain(value)) throw fault('canonical/not-json', `A ${value.constructor?.name ?? 'class'} is not JSON.`)
      return canonicalObject(value as Record<string, unknown>)
    default:
      throw fault('canonical/not-json', `A ${typeof value} is not JSON.`)
  }
}

/** Without this, every date and every map would have the one canonical form of an empty object. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function canonicalArray(value: readonly unknown[]): string {
  let out = ''
  for (let at = 0; at < value.length; at++) out += at === 0 ? canonical(value[at]) : `,${canonical(value[at])}`
  return `[${out}]`
}

function canonicalObject(value: Record<string, unknown>): string {
  const keys = Object.keys(value).sort() // Array.prototype.sort compares UTF-16 code units, as RFC 8785 section 3.2.3 asks
  let out = ''
  for (const key of keys) {
    const member = value[key]
    if (member === undefined) continue
    out += `${out === '' ? '' : ','}${canonicalKey(key)}:${canonical(member)}`
  }
  return `{${out}}`
}

/** The same few keys come again and again. Bounded, since those of strangers pass here too. */
const knownKeys = new Map<string, string>()
const knownKeysLimit = 2_000
const knownKeyLength = 40

function canonicalKey(key: string): string {
  const known = knownKeys.get(key)
  if (known !== undefined) return known
  const made = canonical(key)
  if (key.length <= knownKeyLength && knownKeys.size < knownKeysLimit) knownKeys.set(key, made)
  return made
}

/** SHA-256 over the canonical form, lowercase hexadecimal, 64 characters. */
export function hashOf(value: unknown): string {
  return toHex(sha256(canonical(value)))
}
