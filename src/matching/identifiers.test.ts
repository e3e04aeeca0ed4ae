import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributesOf, lookupKeysOf } from '#matching/entity'
import { identifierProperties, isIban, isImo, lookupKey, readIdentifier, sameIdentifier } from '#matching/identifiers'

const same = (property: string, a: string, b: string) => {
  const [x, y] = [readIdentifier(property, a), readIdentifier(property, b)]
  return x !== undefined && y !== undefined && sameIdentifier(x, y) && lookupKey(x) === lookupKey(y)
}

describe('identifiers', () => {
  it('checks IBAN and IMO digits', () => {
    expect(isIban('GB82WEST12345698765432')).toBe(true) // the example of ISO 13616
    expect(isIban('GB82WEST12345698765433')).toBe(false)
    expect(isImo('9074729')).toBe(true)
    expect(isImo('9074728')).toBe(false)
  })

  it('compares without separators and case', () => {
    expect(same('passportNumber', 'a-123 45678', 'A12345678')).toBe(true)
    expect(same('iban', 'gb82 west 1234 5698 7654 32', 'GB82WEST12345698765432')).toBe(true)
    expect(same('imoNumber', 'IMO 9074729', '9074729')).toBe(true)
    expect(same('email', ' Yusuf@Example.ORG ', 'yusuf@example.org')).toBe(true)
    expect(same('passportNumber', 'A12345678', 'A12345679')).toBe(false)
  })

  it('compares telephones by their last digits and the country code where both have one', () => {
    expect(same('phone', '+254 712 345678', '0712 345 678')).toBe(true)
    expect(same('phone', '00254712345678', '+254712345678')).toBe(true)
    expect(same('phone', '+254712345678', '+255712345678')).toBe(false)
  })

  it('keeps the case of wallets where it matters', () => {
    const address = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'
    expect(same('publicKey', address, address.toLowerCase())).toBe(false)
    expect(same('publicKey', `0x${'aB'.repeat(20)}`, `0x${'Ab'.repeat(20)}`)).toBe(true)
  })

  it('drops values that tell nothing', () => {
    for (const value of ['N/A', 'unknown', '0000000', '', '1', '-0-']) {
      expect(readIdentifier('passportNumber', value)).toBeUndefined()
    }
    expect(readIdentifier('religion', 'A1234567')).toBeUndefined()
  })

  it('takes any string', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identifierProperties),
        fc.string({ unit: 'binary', maxLength: 140 }),
        (property, raw) => {
          const identifier = readIdentifier(property, raw)
          if (identifier !== undefined) expect(sameIdentifier(identifier, identifier)).toBe(true)
        },
      ),
    )
  })

  it('looks an entity up by what comparing it reads, whatever its check digits', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('A12345678', '111111', '+254 712 345678', 'x@y.zz'),
    )
    const properties = fc.dictionary(fc.constantFrom(...identifierProperties), fc.array(value, { maxLength: 3 }))
    fc.assert(
      fc.property(properties, (stated) => {
        const entity = { id: '', schema: 'Person', properties: stated } as const
        expect([...lookupKeysOf(entity)].sort()).toEqual(attributesOf(entity).identifiers.map(lookupKey).sort())
      }),
    )
  })
})
