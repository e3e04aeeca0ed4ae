import data from './numbering.json' with { type: 'json' }

/** Which country stands behind a number, and what of it can be checked by a table. */

const ibanLengths = new Map(data.ibanLengths.split(' ').map((it) => [it.slice(0, 2), Number(it.slice(2))]))
const maritime = new Map(data.maritimeDigits.split(' ').map((it) => [it.slice(0, 3), it.slice(3)]))
const calling = new Map(data.callingCodes.split(' ').map((it) => [it.slice(0, -2), it.slice(-2)]))
const passports: Readonly<Record<string, string>> = data.passports
const providers: Readonly<Record<string, { tag: string; dots?: boolean; as?: string }>> = data.emailProviders
const passportForms = new Map<string, RegExp>()

/** The length of an IBAN of the country in its first two letters (ISO 13616); undefined for a country not in the table. */
export function ibanLength(value: string): number | undefined {
  return ibanLengths.get(value.slice(0, 2).toLowerCase())
}

/** The flag of a ship station by the first three digits of its MMSI (ITU-R M.585). */
export function maritimeCountry(mmsi: string): string | undefined {
  return maritime.get(mmsi.slice(0, 3))
}

const longestCode = 3

/** The country of an international telephone number; undefined for +1, which several share. */
export function callingCountry(digits: string): string | undefined {
  for (let length = longestCode; length > 0; length--) {
    const country = calling.get(digits.slice(0, length))
    if (country !== undefined) return country
  }
  return undefined
}

/** Whether a passport number has the form that one of the states prints. */
export function isPassportOf(value: string, countries: Iterable<string>): boolean {
  for (const country of countries) {
    const form = passports[country]
    if (form === undefined) continue
    let pattern = passportForms.get(country)
    if (pattern === undefined) {
      pattern = new RegExp(`^(?:${form})$`)
      passportForms.set(country, pattern)
    }
    if (pattern.test(value)) return true
  }
  return false
}

/** One spelling for all that reach one mailbox, where the provider says so: dots, tags and other domains. */
export function mailbox(email: string): string {
  const at = email.indexOf('@')
  const domain = email.slice(at + 1)
  const provider = Object.hasOwn(providers, domain) ? providers[domain] : undefined
  if (provider === undefined) return email
  const tagged = email.slice(0, at)
  const tag = tagged.indexOf(provider.tag)
  const local = tag > 0 ? tagged.slice(0, tag) : tagged
  return `${provider.dots === true ? local.replaceAll('.', '') : local}@${provider.as ?? domain}`
}
