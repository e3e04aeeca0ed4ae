import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { index, indexOf } from '#capabilities/documents/engine'
import { checkIssuer, issuerFor, mayDeclare } from '#capabilities/documents/issuer'
import { header } from '#capabilities/documents/office.fixture'
import { receiveDeclaration } from '#capabilities/documents/receive'
import { allStatuses, type Declaration, declarationKind } from '#capabilities/documents/record'
import { declareDocuments } from '#capabilities/documents/rules'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import type { HeldRecord } from '#protocol/record'
import type { RecordRow } from '#store/tables'
import type { ReceivingRecord } from '#wire/receiver'

const now = new Date('2026-11-27T10:00:00.000Z')
const member = (id: string, kind: string, country: string | null) => ({ id, kind, country, suspended: false })
const directory = {
  members: [
    member('fr', 'state', 'fr'),
    member('fr-border', 'state', 'fr'),
    member('ke', 'state', 'ke'),
    member('bank-fr', 'financial', 'fr'),
    member('technology-fr', 'technology', 'fr'),
    member('secretariat', 'secretariat', null),
  ],
  groups: [],
} as unknown as Directory
const members = directory.members.map((it) => it.id)

const numbers = ['A1', 'A2', 'A3']
const declaration: fc.Arbitrary<Declaration> = fc.record({
  issuer: fc.constantFrom('fr', 'ke', 'id'),
  groups: fc.array(
    fc.record({
      kind: fc.constant('passport'),
      status: fc.constantFrom(...allStatuses),
      declaredAt: fc.constantFrom('2025-01-01', '2026-01-01', '2026-11-27'),
      numbers: fc.subarray(numbers, { minLength: 1 }).map((it) => it.join(' ')),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  ranges: fc.constant([]),
})
const said = fc.record({
  owner: fc.constantFrom(...members),
  id: fc.nat(6),
  version: fc.integer({ min: 1, max: 3 }),
  declaration,
})

interface Said {
  readonly owner: string
  readonly id: number
  readonly version: number
  readonly declaration: Declaration
}

/** A record belongs to one owner for ever, which the store holds to: two owners never share an id here either. */
const idOf = ({ owner, id }: Said) => `rec_${String(members.indexOf(owner) * 10 + id).padStart(32, '0')}` as RecordId

function rowOf(one: Said): RecordRow {
  const handling = header(now)
  return {
    id: idOf(one),
    type: declarationKind.type,
    owner: one.owner,
    version: one.version,
    state: 'active',
    held: false,
    readers: [],
    handling,
    body: one.declaration,
  } as unknown as RecordRow
}

/** What the index says of every document, having been given all this. */
function saidOf(all: readonly Said[]) {
  const services = { store: {}, directories: { current: () => directory } } as unknown as Services
  for (const it of all) index(rowOf(it), services)
  return (issuer: string) => numbers.map((number) => indexOf(services).find({ number, issuer }, () => true))
}

const isOf = (country: string) => (it: Said) =>
  it.owner !== 'bank-fr' && it.owner !== 'technology-fr' && countryOf(it.owner) === country
const countryOf = (id: string) => directory.members.find((it) => it.id === id)!.country

describe('declarations', () => {
  it('of any members in any order change no document of a state but those of its own members do', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 15 }), (all) => {
        const everything = saidOf(all)
        for (const country of ['fr', 'ke', 'id']) {
          const own = saidOf(all.filter(isOf(country)))
          expect(everything(country)).toEqual(own(country))
        }
        expect(everything('id').flat()).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('are taken from a peer, and made here, exactly when their owner is of the state that issued', async () => {
    await fc.assert(
      fc.asyncProperty(said, async (one) => {
        const allowed = isOf(one.declaration.issuer)(one) && countryOf(one.owner) !== null
        const receiving = { store: { clock: { now: () => now } }, identity: { directory: () => directory } }
        const record = { owner: one.owner, body: one.declaration } as unknown as HeldRecord
        const taken = await receiveDeclaration(record, receiving as unknown as ReceivingRecord).then(
          () => true,
          (cause) => !isFault(cause, 'documents/not-issuer'),
        )
        expect(taken).toBe(allowed)
        const actor = { member: { id: one.owner, kind: 'state' as const, groups: [] } }
        const make = () =>
          declareDocuments(one.declaration, header(now), { caller: { actor, via: 'system' }, now, directory })
        if (allowed) expect(make().change.records).toHaveLength(1)
        else expect(make).toThrow('not the state that issued')
      }),
    )
  })
})

describe('checkIssuer', () => {
  it('names the rule', () => {
    expect(() => checkIssuer(directory, 'fr', 'fr')).not.toThrow()
    expect(mayDeclare(directory, 'bank-fr', 'fr')).toBe(false)
    expect(mayDeclare(directory, 'nobody', 'fr')).toBe(false)
    expect(issuerFor(directory, 'fr-border')).toBe('fr')
    try {
      issuerFor(directory, 'secretariat')
      expect.unreachable()
    } catch (cause) {
      expect(cause).toMatchObject({
        code: 'documents/not-a-state',
        rule: 'INTERPOL RPD, SLTD: only the issuing country',
      })
    }
  })
})
