import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCheckpoint, verifyCheckpoint } from '#ledger/checkpoint'
import { keyFromSeed } from '#ledger/key.fixture'
import { formatVerifierKey, parseVerifierKey, verifierKey } from '#ledger/note'
import vectors from '../../test/vectors/ledger-checkpoint.json' with { type: 'json' }

const { own, foreign } = vectors
const logKey = keyFromSeed(own.logSeed)
const witnessKey = keyFromSeed(own.witnessSeed)

describe('verifierKey', () => {
  it.each([...vectors.keys, ...foreign.keys, own.logKey, own.witnessKey])('reads and writes %s', (text) => {
    expect(formatVerifierKey(parseVerifierKey(text))).toBe(text)
  })

  it('gives the ids that other software computes', () => {
    expect(formatVerifierKey(verifierKey(own.origin, 'log', createPublicKey(logKey)))).toBe(own.logKey)
    expect(formatVerifierKey(verifierKey(own.witness, 'witness', createPublicKey(witnessKey)))).toBe(own.witnessKey)
  })

  it('refuses a key with any character changed, cut or added', () => {
    const [key] = vectors.keys
    const bad = (text: string) =>
      expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining({ code: 'ledger/bad-key' }))
    for (let index = 0; index < key!.length; index++) {
      bad(key!.slice(0, index))
      bad(key!.slice(0, index) + String.fromCharCode(key!.charCodeAt(index) + 1) + key!.slice(index + 1))
    }
    for (const text of ['', '+', '++', `${key}=`, `${key} `, `a b+${key!.split('+')[1]}+${key!.split('+')[2]}`])
      bad(text)
  })

  it('refuses private keys, other algorithms and names that a note cannot hold', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
    for (const key of [logKey, rsa])
      expect(() => verifierKey('a', 'log', key)).toThrow(expect.objectContaining({ code: 'ledger/bad-key' }))
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u0085b', '\ud800', 'a'.repeat(257)]) {
      expect(() => verifierKey(name, 'log', createPublicKey(logKey))).toThrow(
        expect.objectContaining({ code: 'ledger/bad-key' }),
      )
    }
  })
})

describe('parseNote, under parseCheckpoint', () => {
  const [text, line] = own.signed.split('\n\n') as [string, string]
  const [origin, size, root] = text.split('\n') as [string, string, string]
  it.each([
    ['no signature', `${text}\n`],
    ['no blank line', `${text}\n${line}`],
    ['no last newline', own.signed.slice(0, -1)],
    ['blank line at the end', `${own.signed}\n`],
    ['carriage returns', own.signed.replaceAll('\n', '\r\n')],
    ['a tab', own.signed.replace(origin, `${origin}\t`)],
    ['half a surrogate pair', own.signed.replace(origin, '\ud800')],
    ['a leading zero', own.signed.replace(`\n${size}\n`, `\n0${size}\n`)],
    ['a signed size', own.signed.replace(`\n${size}\n`, `\n+${size}\n`)],
    ['a size in hexadecimal', own.signed.replace(`\n${size}\n`, '\n0x8\n')],
    ['a size past 2^53', own.signed.replace(`\n${size}\n`, '\n9007199254740993\n')],
    ['a short root', own.signed.replace(root, 'AAAA')],
    ['a root without padding', own.signed.replace(root, root.slice(0, -1))],
    ['a root in base64url', own.signed.replace(root, Buffer.alloc(32, 255).toString('base64url'))],
    ['a root with loose last bits', own.signed.replace(root, `${'A'.repeat(42)}B=`)],
    ['an empty line in the text', own.signed.replace('\n', '\n\n')],
    ['no root', own.signed.replace(`${root}\n`, '')],
    ['a hyphen for the dash', own.signed.replace('\u2014', '-')],
    ['an empty signature', `${text}\n\n\u2014 ${origin} AAAAAA==\n`],
    ['a third word in a line', own.signed.replace(/\n$/, ' x\n')],
    ['too many signatures', `${text}\n\n${line.repeat(65)}`],
    ['too long a note', `${'a'.repeat(140_000)}${own.signed}`],
    ['nothing', ''],
  ])('refuses %s', (_, source) => {
    expect(() => parseCheckpoint(source)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^ledger\/malformed-/) }),
    )
  })

  it('throws nothing but its own faults', () => {
    const keys = [own.logKey, own.witnessKey].map(parseVerifierKey)
    const mangled = fc.tuple(
      fc.nat({ max: own.cosigned.length }),
      fc.nat({ max: 9 }),
      fc.string({ unit: 'binary', maxLength: 5 }),
    )
    fc.assert(
      fc.property(mangled, ([start, cut, insert]) => {
        const source = own.cosigned.slice(0, start) + insert + own.cosigned.slice(start + cut)
        try {
          verifyCheckpoint(parseCheckpoint(source), keys)
        } catch (cause) {
          expect(cause).toMatchObject({ code: expect.stringMatching(/^ledger\/malformed-/) })
        }
      }),
    )
  })
})
