import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonical } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { type Directory, type SignedDirectory, verifyDirectory } from '#protocol/directory'
import { openSeal, type SealedEnvelope, verifyEnvelope } from '#protocol/envelope'
import { openOwnKey, type PrivateJwk } from '#protocol/keys'
import { verifyReceipt } from '#protocol/receipt'
import { openRecord, recordHash, verifyRecord } from '#protocol/record'

/** The vectors in test/vectors/protocol-*.json, which an implementation in any language can run. */
const load = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../test/vectors/protocol-${name}.json`, import.meta.url), 'utf8'))
const federation = load('federation')
const directory: Directory = federation.directory.document

interface Case {
  readonly name: string
  readonly now?: string
  readonly refuses?: string
}
const instantOf = (vector: Case) => new Date(vector.now ?? federation.now)
const titled = <T extends Case>(file: string): [title: string, vector: T][] =>
  load(file).cases.map((it: T) => [
    it.refuses === undefined ? `accepts: ${it.name}` : `answers ${it.refuses}: ${it.name}`,
    it,
  ])

/** The result, or the code of the fault; anything else that is thrown fails the test. */
async function outcomeOf<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('verifyDirectory', () => {
  const { inForce } = load('directory')
  const cases = titled<Case & { input: SignedDirectory; followsTheOneInForce?: boolean }>('directory')
  it.each(cases)('%s', async (_, vector) => {
    const current = vector.followsTheOneInForce ? inForce : undefined
    const outcome = await outcomeOf(() =>
      verifyDirectory(vector.input, { trust: federation.trust, now: instantOf(vector), current }),
    )
    expect(outcome).toEqual(vector.refuses ?? vector.input)
  })

  it('accepts the directory that the other vectors use', async () => {
    const options = { trust: federation.trust, now: new Date(federation.now) }
    expect(await verifyDirectory(federation.directory, options)).toEqual(federation.directory)
  })
})

describe('verifyRecord', () => {
  const cases = titled<Case & { record: unknown; canonical: string; hash: string; opened: object }>('record')
  it.each(cases)('%s', async (_, vector) => {
    const outcome = await outcomeOf(async () => {
      const record = await verifyRecord(vector.record, { directory, now: instantOf(vector) })
      return { canonical: canonical(record.text), hash: recordHash(record), opened: plain(openRecord(record)) }
    })
    const { canonical: text, hash, opened } = vector
    expect(outcome).toEqual(vector.refuses ?? { canonical: text, hash, opened })
  })
})

describe('verifyEnvelope', () => {
  const cases = titled<Case & { me: string; sealed: SealedEnvelope; opened: object }>('envelope')
  it.each(cases)('%s', async (_, vector) => {
    const own = Object.values<PrivateJwk>(federation.privateKeys[vector.me])
    const keys = await Promise.all(own.map(openOwnKey))
    const outcome = await outcomeOf(async () => {
      const text = await openSeal(vector.sealed.sealed, keys)
      return verifyEnvelope(text, vector.sealed, { me: vector.me, directory, now: instantOf(vector) })
    })
    expect(outcome).toEqual(vector.refuses ?? vector.opened)
  })
})

describe('verifyReceipt', () => {
  const cases = titled<Case & { issuer: string; me: string; signed: string; receipt: object }>('receipt')
  it.each(cases)('%s', async (_, { signed, issuer, me, receipt, refuses }) => {
    expect(await outcomeOf(() => verifyReceipt(signed, { issuer, me, directory }))).toEqual(refuses ?? receipt)
  })
})
