import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keccak256 } from '#matching/keccak'
import { sha256 } from '#matching/sha256'
import { checkWallet, normaliseWallet } from '#matching/wallets'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('checkWallet', () => {
  it.each([
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'holds'], // the first block of Bitcoin
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'fails'],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'holds'],
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'holds'], // a token contract on Tron
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u', 'fails'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'holds'], // BIP 173
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'holds'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'fails'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', 'holds'], // BIP 350
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'holds'], // EIP-55
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', 'fails'],
    ['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'none'],
    ['rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh', 'none'],
  ])('%s: %s', (key, expected) => {
    expect(checkWallet(key)).toBe(expected)
  })

  it('compares in lower case what means the same in both cases, and nothing else', () => {
    expect(normaliseWallet('BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4')).toMatch(/^bc1q/)
    expect(normaliseWallet('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toMatch(/aaeb/)
    expect(normaliseWallet('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')).toBe('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')
  })
})

describe('sha256', () => {
  it('is what the platform reckons', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
      }),
      { numRuns: 40 },
    )
  })
})

describe('keccak256', () => {
  it('gives the hash of nothing that Ethereum prints for accounts without code', () => {
    expect(hex(keccak256(new Uint8Array()))).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
  })
})
