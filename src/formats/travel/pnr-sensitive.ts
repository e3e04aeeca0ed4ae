import table from './pnr-sensitive.json' with { type: 'json' }

/** What was left out of a record or message, by class: 'meal', 'health', 'unlisted-service', 'free-text', 'history-text'. */
export type LeftOut = ReadonlyMap<string, number>

export const sensitiveVersion = table.version

const kept = new Set(table.kept)
const classes = Object.entries(table.services).map(([name, { pattern, codes }]) => ({
  name,
  pattern: new RegExp(pattern),
  codes: new Set(codes),
}))
const contact = new RegExp(table.freeText.keptContacts)
const contactShape = new RegExp(table.freeText.contactShape)

/** Null when a special service may be kept; otherwise the class under which it is left out. */
export function sensitiveClass(code: string): string | null {
  const found = classes.find((it) => it.codes.has(code) || it.pattern.test(code))
  if (found !== undefined) return found.name
  return kept.has(code) ? null : 'unlisted-service'
}

export interface KeptContact {
  /** 'CTCE' e-mail, 'CTCM' mobile, 'CTCH' home, 'CTCT' agent, 'CTCR' or 'CTC' as the record has it. */
  readonly code: string
  readonly value: string
}

/**
 * A free text that begins as a contact does and holds a number or an address; null for any other, which is left out. '//' stands for the at sign, '..' for the
 * underscore and './' for the hyphen of an e-mail address.
 */
export function contactIn(text: string): KeptContact | null {
  const found = contact.exec(text.replace(/\s+/g, ' ').trim().toUpperCase())
  if (found === null) return null
  const [code, raw] = [`CTC${found[1]}`, found[2]!.trim()]
  const value = raw.includes('//') ? raw.replace('//', '@').replaceAll('..', '_').replaceAll('./', '-') : raw
  return contactShape.test(value) ? { code, value } : null
}

export const isPayer = (qualifier: string) => qualifier === table.freeText.keptPayer
export const freeTextClass = table.freeText.class
export const longTextClass = table.longText.class

/** Thirteen digits or more in a row that can be a card (ISO/IEC 7812: no leading 0, a check digit): all but the last four become X. */
export function maskCards(text: string): string {
  return text.replace(/\d(?:[ -]?\d){12,18}/g, (it) => {
    const digits = it.replace(/\D/g, '')
    return isCard(digits) ? `${'X'.repeat(digits.length - 4)}${digits.slice(-4)}` : it
  })
}

function isCard(digits: string): boolean {
  if (digits.startsWith('0')) return false
  const sum = [...digits].reverse().reduce((total, it, index) => {
    const value = Number(it) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
