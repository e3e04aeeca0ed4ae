import { keccak256 } from '#matching/keccak'
import type { CheckResult } from '#matching/national-ids'
import { sha256 } from '#matching/sha256'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const bech32Letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const bech32Form = /^(?:bc|tb|ltc|addr|cosmos|bnb)1[02-9ac-hj-np-z]{20,110}$/
const moneroForm = /^[48][1-9A-HJ-NP-Za-km-z]{94}$|^4[1-9A-HJ-NP-Za-km-z]{105}$/
const ether = /^0x[0-9a-f]{40}$/i

/** Addresses whose letters mean the same in both cases are compared in lower case. */
export function normaliseWallet(key: string): string {
  const lower = key.toLowerCase()
  return ether.test(key) || bech32Form.test(lower) ? lower : key
}

/**
 * The checksum of an address as written: Base58Check (Bitcoin and its like, Tron), bech32 and bech32m (BIP 173, BIP 350), the
 * capitals of EIP-55. `none` for an address without one, such as Monero's (whose length is checked) or an all-lower-case Ether address.
 */
export function checkWallet(key: string): CheckResult {
  if (ether.test(key)) return checkEther(key.slice(2))
  const lower = key.toLowerCase()
  if (bech32Form.test(lower)) return hasBech32Checksum(lower) ? 'holds' : 'fails'
  if (moneroForm.test(key)) return 'none'
  if (!/^[13LMDTX][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(key)) return 'none'
  return hasBase58Checksum(key) ? 'holds' : 'fails'
}

function checkEther(digits: string): CheckResult {
  const lower = digits.toLowerCase()
  if (digits === lower || digits === digits.toUpperCase()) return 'none'
  const hash = keccak256(new TextEncoder().encode(lower))
  for (let index = 0; index < digits.length; index++) {
    const nibble = index % 2 === 0 ? hash[index >> 1]! >> 4 : hash[index >> 1]! & 15
    const expected = nibble > 7 ? lower[index]!.toUpperCase() : lower[index]!
    if (digits[index] !== expected) return 'fails'
  }
  return 'holds'
}

/** Twenty-five bytes, the last four of which begin the double hash of the others. */
function hasBase58Checksum(key: string): boolean {
  let value = 0n
  for (const character of key) value = value * 58n + BigInt(alphabet.indexOf(character))
  const bytes = new Uint8Array(25)
  for (let index = 24; index >= 0; index--) {
    bytes[index] = Number(value & 255n)
    value >>= 8n
  }
  if (value > 0n) return false
  const hash = sha256(sha256(bytes.subarray(0, 21)))
  return bytes.subarray(21).every((byte, index) => byte === hash[index])
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const bech32Constant = 1
const bech32mConstant = 0x2bc830a3

function hasBech32Checksum(key: string): boolean {
  const at = key.lastIndexOf('1')
  const prefix = Array.from(key.slice(0, at), (character) => character.charCodeAt(0))
  const values = Array.from(key.slice(at + 1), (character) => bech32Letters.indexOf(character))
  let check = 1
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...values]) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    for (const [bit, generator] of generators.entries()) if (((top >>> bit) & 1) === 1) check ^= generator
  }
  return check === bech32Constant || check === bech32mConstant
}
