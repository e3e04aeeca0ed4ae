import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '#kernel/fault'
import { newId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import { openOwnKey } from '#protocol/keys'
import { type Receipt, receiptStatuses, signReceipt, verifyReceipt } from '#protocol/receipt'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const key = await openOwnKey(federation.privateKeys.ke.sign)

const receipt: fc.Arbitrary<Receipt> = fc.record({
  envelope: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((it) => Buffer.from(it).toString('hex')),
  issuer: fc.constant('ke'),
  to: fc.constant('fr'),
  status: fc.constantFrom(...receiptStatuses),
  at: fc.integer({ min: 0, max: 300 }).map((it) => new Date(Date.UTC(2026, 0, 1 + it)).toISOString()),
  record: fc.option(fc.record({ id: fc.constant(newId('rec', 1)), version: fc.integer({ min: 1 }) })),
  code: fc.option(fc.constantFrom('policy/audience', 'record/bad-signature')),
  rule: fc.option(fc.string({ unit: 'grapheme', maxLength: 50 }).filter((it) => !it.includes('\u0000'))),
})

const check = (signed: string, over: { issuer?: string; me?: string } = {}) =>
  verifyReceipt(signed, { issuer: 'ke', me: 'fr', directory, ...over })
async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}

describe('signReceipt and verifyReceipt', () => {
  it('bring back any receipt, with the text that proves it', async () => {
    await fc.assert(
      fc.asyncProperty(receipt, async (it) => {
        const signed = await signReceipt(it, key)
        expect(await check(signed)).toEqual({ ...it, signed })
      }),
    )
  })

  it('hold only between the two members whom the receipt names', async () => {
    await fc.assert(
      fc.asyncProperty(receipt, async (it) => {
        const signed = await signReceipt(it, key)
        expect(await codeOf(() => check(signed, { me: 'ke' }))).toBe('receipt/malformed')
        expect(await codeOf(() => check(signed, { issuer: 'fr' }))).toBe('key/unknown')
        expect(await codeOf(() => check(signed, { issuer: 'nobody' }))).toBe('member/unknown')
      }),
    )
  })
})

describe('verifyReceipt', () => {
  it('refuses a receipt in which any character was changed', async () => {
    const character = fc.constantFrom(...'ABQgwz019-_.=+/ \n')
    await fc.assert(
      fc.asyncProperty(receipt, fc.nat(), character, async (it, place, by) => {
        const signed = await signReceipt(it, key)
        const at = place % signed.length
        const changed = signed.slice(0, at) + by + signed.slice(at + 1)
        fc.pre(changed !== signed)
        const code = await codeOf(() => check(changed))
        expect(code).toMatch(/^(receipt\/(malformed|bad-signature)|json\/malformed|key\/|member\/unknown)/)
        if (at > signed.lastIndexOf('.') && by !== '.') expect(code).toBe('receipt/bad-signature')
      }),
      { numRuns: 300 },
    )
  })

  it('refuses a receipt whose key is revoked, at whatever date the receipt names: a stolen key can backdate', async () => {
    const revoked = await openOwnKey(federation.privateKeys.fr['sign-revoked'])
    await fc.assert(
      fc.asyncProperty(receipt, async (it) => {
        const signed = await signReceipt({ ...it, issuer: 'fr', to: 'ke' }, revoked)
        expect(await codeOf(() => check(signed, { issuer: 'fr', me: 'ke' }))).toBe('key/revoked')
      }),
    )
  })

  it('answers any text with a fault, never with a bug', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.json().map((it) => Buffer.from(it).toString('base64url')),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        expect(await codeOf(() => check(parts.join('.')))).not.toBe('accepted')
      }),
    )
  })
})
