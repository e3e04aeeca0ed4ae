import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '#kernel/bytes'
import { canonical } from '#kernel/canonical'
import { acts } from '#ledger/acts'
import { AuditEntry, commitmentOf, leafOf, newSalt, saltBytes, verifyCommitment } from '#ledger/entry'
import vectors from '../../test/vectors/ledger-entry.json' with { type: 'json' }

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null })

/** Every shape that an audit entry can have. */
const anyEntry: fc.Arbitrary<AuditEntry> = fc.record({
  at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
  act: fc.constantFrom(...acts),
  outcome: fc.constantFrom('permitted', 'refused', 'failed'),
  actor: fc.record(
    {
      member: name,
      person: orNull(name),
      role: orNull(name),
      via: fc.constantFrom('session', 'token', 'peer', 'clock', 'system'),
    },
    { requiredKeys: ['member', 'via'] },
  ),
  purpose: orNull(text),
  reference: orNull(text),
  object: orNull(fc.record({ type: name, id: name, version: fc.nat() }, { requiredKeys: ['type', 'id'] })),
  owner: orNull(name),
  recipient: orNull(name),
  rule: orNull(text),
  reason: orNull(text),
  details: fc.dictionary(
    fc.stringMatching(/^[a-z][A-Za-z0-9]{0,10}$/),
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    { maxKeys: 5 },
  ),
})

describe('AuditEntry', () => {
  it('takes whole entries and refuses what it does not know, half surrogates, NUL and local times', () => {
    const good = vectors.entries[0]!.entry
    expect(AuditEntry.safeParse(good).success).toBe(true)
    const bad = [
      { ...good, extra: 1 },
      { ...good, at: '2026-03-01T09:30:00+01:00' },
      { ...good, act: 'delete' },
      { ...good, reason: '\ud800' },
      { ...good, reason: 'a\u0000b' },
      { ...good, details: { nested: {} } },
      { ...good, details: { bad: Number.NaN } },
      { ...good, actor: { ...good.actor, via: 'telepathy' } },
      { ...good, purpose: undefined },
    ]
    for (const entry of bad) expect(AuditEntry.safeParse(entry).success).toBe(false)
  })
})

describe('commitmentOf', () => {
  it.each(vectors.entries)('of the vector "$entry.act" has the bytes that other software computes', (vector) => {
    const entry = AuditEntry.parse(vector.entry)
    expect(canonical(entry)).toBe(vector.canonical)
    const commitment = commitmentOf(entry, fromHex(vector.salt))
    expect(toHex(commitment)).toBe(vector.commitment)
    expect(toHex(leafOf(commitment))).toBe(vector.leafHash)
  })

  it('opens after a way through JSON, for every valid entry', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const salt = newSalt()
        const commitment = commitmentOf(AuditEntry.parse(entry), salt)
        expect(verifyCommitment(commitment, JSON.parse(JSON.stringify(entry)), salt)).toBe(true)
      }),
    )
  })

  it('differs under another salt, so that equal entries cannot be recognised', () => {
    const entry = AuditEntry.parse(vectors.entries[0]!.entry)
    expect(toHex(commitmentOf(entry, newSalt()))).not.toBe(toHex(commitmentOf(entry, newSalt())))
  })

  it('refuses a salt of another length', () => {
    const entry = AuditEntry.parse(vectors.entries[0]!.entry)
    expect(() => commitmentOf(entry, new Uint8Array(saltBytes - 1))).toThrow(
      expect.objectContaining({ code: 'ledger/bad-salt' }),
    )
  })
})

describe('verifyCommitment', () => {
  it('refuses another entry, another salt and another commitment', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, fc.nat({ max: 31 }), (entry, other, at) => {
        const salt = newSalt()
        const commitment = commitmentOf(entry, salt)
        const bent = (bytes: Uint8Array) => bytes.with(at, bytes[at]! ^ 1)
        expect(verifyCommitment(commitment, entry, bent(salt))).toBe(false)
        expect(verifyCommitment(bent(commitment), entry, salt)).toBe(false)
        expect(verifyCommitment(commitment, other, salt)).toBe(canonical(other) === canonical(entry))
      }),
    )
  })

  it('never throws, whatever the entry is', () => {
    let deep: unknown = {}
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    for (const entry of [deep, '\ud800', Number.NaN, undefined, () => 1, 1n, Symbol('entry')]) {
      expect(verifyCommitment(new Uint8Array(32), entry, newSalt())).toBe(false)
    }
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (commitment, entry, salt) => {
        expect(verifyCommitment(commitment as Uint8Array, entry, salt as Uint8Array)).toBe(false)
      }),
    )
  })
})
