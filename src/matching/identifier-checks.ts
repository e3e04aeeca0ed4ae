import { holdsWeighted, remainder97 } from '#matching/check-digits'
import { countryCode } from '#matching/countries'
import type { Identifier } from '#matching/identifiers'
import { type CheckResult, checkNational } from '#matching/national-ids'
import { callingCountry, ibanLength, isPassportOf, maritimeCountry } from '#matching/numbering'
import { checkWallet } from '#matching/wallets'

/** What the digits of a number say of it. */
export interface Inspected {
  readonly check: CheckResult
  readonly country?: string | undefined
}

/** Asks the check digits of a number, by the rules of its kind and of the countries that its holder is linked to. */
export function inspect(
  { kind, property, raw, value }: Omit<Identifier, 'check' | 'isVerified' | 'country'>,
  countries: ReadonlySet<string>,
): Inspected {
  switch (kind) {
    case 'account':
      if (property !== 'iban') return { check: 'none' }
      return { check: isIban(value) ? 'holds' : 'fails', country: countryCode(value.slice(0, 2)) }
    case 'lei':
      return { check: remainder97(value) === 1 ? 'holds' : 'fails' }
    case 'imo':
      return { check: isImo(value) ? 'holds' : 'fails' }
    case 'bic':
      return { check: 'none', country: countryCode(value.slice(4, 6)) }
    case 'mmsi':
      return mmsiCheck(value)
    case 'vin':
      return { check: hasVinDigit(value) ? 'holds' : 'none' }
    case 'wallet':
      return { check: checkWallet(raw.trim()) }
    case 'phone':
      return { check: 'none', country: value.startsWith('+') ? callingCountry(value.slice(1)) : undefined }
    case 'passport':
      return { check: isPassportOf(value, countries) ? 'holds' : 'none' }
    case 'identifier':
      return checkNational(value, countries)
    default:
      return { check: 'none' }
  }
}

/** ITU-R M.585: a ship station begins with the three digits of its flag, which lie between 200 and 799. */
function mmsiCheck(value: string): Inspected {
  const country = maritimeCountry(value)
  return { check: country === undefined ? 'fails' : 'holds', country }
}

const vinLetters = 'ABCDEFGH..JKLMN.P.R.STUVWXYZ'

/** ISO 3779 as North America uses it (49 CFR 565): the ninth character is the weighted sum modulo 11. Elsewhere it tells nothing. */
function hasVinDigit(value: string): boolean {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(value)) return false
  const values = Array.from(value, (character) => {
    if (character <= '9') return character
    const at = vinLetters.indexOf(character)
    return String(at < 8 ? at + 1 : at < 19 ? at - 9 : at - 18)
  }).join('')
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  return holdsWeighted(values + value[8]!, { weights, modulus: 11, letters: '0123456789X' })
}

/** ISO 13616: as long as its country has them; the country and check characters moved to the end leave remainder 1 modulo 97. */
export function isIban(value: string): boolean {
  if (value.length < 15 || value.length > 34 || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return false
  if ((ibanLength(value) ?? value.length) !== value.length) return false
  return remainder97(value.slice(4) + value.slice(0, 4)) === 1
}

/** IMO resolution A.1117(30): digits weighed 7 to 2 sum to the last digit modulo 10. */
export function isImo(value: string): boolean {
  if (value.length !== 7) return false
  let sum = 0
  for (let index = 0; index < 6; index++) sum += Number(value[index]) * (7 - index)
  return sum % 10 === Number(value[6])
}
