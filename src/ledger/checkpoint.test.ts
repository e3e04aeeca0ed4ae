import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '#kernel/bytes'
import { cosign, parseCheckpoint, signCheckpoint, verifyCheckpoint, withSignatures } from '#ledger/checkpoint'
import { keyFromSeed } from '#ledger/key.fixture'
import {
  formatNote,
  formatSignatureLine,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from '#ledger/note'
import vectors from '../../test/vectors/ledger-checkpoint.json' with { type: 'json' }

const { own, foreign } = vectors

const logKey = keyFromSeed(own.logSeed)
const witnessKey = keyFromSeed(own.witnessSeed)
const ownKeys = [own.logKey, own.witnessKey].map(parseVerifierKey)
const ownHead = { origin: own.origin, size: own.size, root: fromHex(own.root) }
const at = new Date(own.atSeconds * 1000)
const stranger = (name: string, use: VerifierKey['use']) =>
  verifierKey(name, use, generateKeyPairSync('ed25519').publicKey)

describe('signCheckpoint', () => {
  it('writes the bytes that other software writes', () => {
    expect(signCheckpoint(ownHead, logKey)).toBe(own.signed)
  })

  it('refuses an origin, a size or a root that no reader takes', () => {
    const heads = [
      { size: -1 },
      { size: 2 ** 53 },
      { root: new Uint8Array(31) },
      { origin: 'a b' },
      { origin: '' },
      { origin: 'a\n1' },
    ]
    for (const head of heads) expect(() => signCheckpoint({ ...ownHead, ...head }, logKey)).toThrow()
  })
})

describe('cosign', () => {
  it('writes the line that other software writes', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const line = cosign(checkpoint, { name: own.witness, privateKey: witnessKey, at })
    expect(withSignatures(checkpoint, [line])).toBe(own.cosigned)
    expect(withSignatures(checkpoint, [formatSignatureLine(line), line])).toBe(own.cosigned)
  })

  it('is not followed by what is no signature line', () => {
    const checkpoint = parseCheckpoint(own.signed)
    for (const line of ['', 'hello', '\u2014 a b', '\u2014 a AAAAAAAA\n\u2014 b AAAAAAAA']) {
      expect(() => withSignatures(checkpoint, [line])).toThrow(
        expect.objectContaining({ code: 'ledger/bad-cosignature' }),
      )
    }
  })
})

describe('parseCheckpoint', () => {
  it('round-trips every tree head, with 16 and more signatures', () => {
    const head = fc.record({
      origin: fc.stringMatching(/^[a-z0-9./-]{1,40}$/),
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    })
    fc.assert(
      fc.property(head, fc.nat({ max: 20 }), (each, witnesses) => {
        let note = signCheckpoint(each, logKey)
        for (let index = 0; index < witnesses; index++) {
          const checkpoint = parseCheckpoint(note)
          note = withSignatures(checkpoint, [cosign(checkpoint, { name: `w${index}`, privateKey: witnessKey, at })])
        }
        const read = parseCheckpoint(note)
        expect({ origin: read.origin, size: read.size, root: toHex(read.root) }).toEqual({
          ...each,
          root: toHex(each.root),
        })
        expect(read.signatures).toHaveLength(witnesses + 1)
        expect(formatNote(read)).toBe(note)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps extension lines under the signature', () => {
    const text = `${own.signed.split('\n\n')[0]}\nmore\n`
    const note = formatNote({ text, signatures: parseNote(own.signed).signatures })
    expect(parseCheckpoint(note).text).toBe(text)
    expect(verifyCheckpoint(parseCheckpoint(note), ownKeys)).toMatchObject({ trusted: false, failed: [own.origin] })
  })
})

describe('verifyCheckpoint', () => {
  it('verifies a checkpoint of another log with the cosignatures of four witnesses', () => {
    const checkpoint = parseCheckpoint(foreign.note)
    expect(checkpoint).toMatchObject({ origin: foreign.origin, size: foreign.size })
    expect(toHex(checkpoint.root)).toBe(foreign.root)
    const verdict = verifyCheckpoint(checkpoint, foreign.keys.map(parseVerifierKey))
    expect(verdict).toMatchObject({ trusted: true, failed: [] })
    expect(Object.fromEntries(verdict.cosigners.map((each) => [each.name, each.atSeconds]))).toEqual(foreign.cosigners)
  })

  it('says who signed and who cosigned, and when', () => {
    expect(verifyCheckpoint(parseCheckpoint(own.signed), ownKeys)).toEqual({ trusted: true, cosigners: [], failed: [] })
    expect(verifyCheckpoint(parseCheckpoint(own.cosigned), ownKeys)).toEqual({
      trusted: true,
      cosigners: [{ name: own.witness, atSeconds: own.atSeconds }],
      failed: [],
    })
  })

  it('trusts no checkpoint with any character of text or signatures changed', () => {
    for (let index = 0; index < own.cosigned.length; index++) {
      const unit = own.cosigned.charCodeAt(index)
      const changed = own.cosigned.slice(0, index) + String.fromCharCode(unit ^ 1) + own.cosigned.slice(index + 1)
      let verdict: ReturnType<typeof verifyCheckpoint> | undefined
      try {
        verdict = verifyCheckpoint(parseCheckpoint(changed), ownKeys)
      } catch {
        continue
      }
      expect(verdict.trusted && verdict.cosigners.length === 1).toBe(false)
    }
  })

  it('ignores keys it does not know, even under a known name', () => {
    const keys = [stranger(own.origin, 'log'), stranger(own.witness, 'witness')]
    expect(verifyCheckpoint(parseCheckpoint(own.cosigned), keys)).toEqual({ trusted: false, cosigners: [], failed: [] })
    expect(verifyCheckpoint(parseCheckpoint(own.cosigned), [...keys, ...ownKeys]).trusted).toBe(true)
  })

  it('rejects the whole checkpoint when one line of a known key is false', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const other = parseCheckpoint(signCheckpoint({ ...ownHead, size: 9 }, logKey))
    const line = cosign(other, { name: own.witness, privateKey: witnessKey, at })
    const verdict = verifyCheckpoint(parseCheckpoint(withSignatures(checkpoint, [line])), ownKeys)
    expect(verdict).toEqual({ trusted: false, cosigners: [], failed: [own.witness] })
  })

  it("does not let one member's key speak for another member's log", () => {
    const { text, signatures } = parseNote(signCheckpoint({ ...ownHead, origin: 'comity.example/ke' }, logKey))
    // The very bytes verify under the key; only its name says that it is not this log's.
    const signature = { ...signatures[0]!, name: own.origin, id: ownKeys[0]!.id }
    const note = formatNote({ text, signatures: [signature] })
    expect(verifyCheckpoint(parseCheckpoint(note), ownKeys)).toEqual({ trusted: false, cosigners: [], failed: [] })
  })

  it('counts nobody as the witness of his own log', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const note = withSignatures(checkpoint, [cosign(checkpoint, { name: own.origin, privateKey: logKey, at })])
    const keys = [...ownKeys, verifierKey(own.origin, 'witness', createPublicKey(logKey))]
    expect(verifyCheckpoint(parseCheckpoint(note), keys)).toEqual({ trusted: true, cosigners: [], failed: [] })
  })

  it('does not take a signature for a cosignature or the other way round', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const [key] = ownKeys
    const asWitness: VerifierKey = { ...key!, use: 'witness' }
    expect(verifyCheckpoint(checkpoint, [asWitness])).toMatchObject({ cosigners: [], failed: [own.origin] })
    const line = cosign(checkpoint, { name: own.witness, privateKey: witnessKey, at })
    const cosigned = parseCheckpoint(withSignatures(checkpoint, [line]))
    expect(verifyCheckpoint(cosigned, [{ ...ownKeys[1]!, use: 'log' }])).toMatchObject({
      trusted: false,
      failed: [own.witness],
    })
  })

  it('counts a witness with two keys once, with its latest time', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const pair = generateKeyPairSync('ed25519')
    const later = new Date(at.getTime() + 60_000)
    const lines = [
      cosign(checkpoint, { name: own.witness, privateKey: witnessKey, at }),
      cosign(checkpoint, { name: own.witness, privateKey: pair.privateKey, at: later }),
    ]
    const keys = [...ownKeys, verifierKey(own.witness, 'witness', pair.publicKey)]
    const verdict = verifyCheckpoint(parseCheckpoint(withSignatures(checkpoint, lines)), keys)
    expect(verdict.cosigners).toEqual([{ name: own.witness, atSeconds: own.atSeconds + 60 }])
  })

  it('refuses a cosignature whose time was changed', () => {
    const checkpoint = parseCheckpoint(own.signed)
    const line = cosign(checkpoint, { name: own.witness, privateKey: witnessKey, at })
    for (const index of [0, 3, 7]) {
      const signature = line.signature.with(index, line.signature[index]! ^ 0x81)
      const note = withSignatures(checkpoint, [{ ...line, signature }])
      expect(verifyCheckpoint(parseCheckpoint(note), ownKeys).failed).toEqual([own.witness])
    }
  })
})
