import { checkDigit } from '#formats/travel/mrz-check'
import { type MrzFieldName, type MrzFormat, mrzLayouts, type Span, spanOf } from '#formats/travel/mrz-layout'
import { fault } from '#formats/travel/travel-faults'

/** What a zone is written from. Dates are YYMMDD, countries three letters; names and numbers of A to Z, 0 to 9, blanks and hyphens. */
export interface MrzContent {
  readonly documentCode: string
  readonly issuer: string
  readonly documentNumber: string
  readonly nationality: string
  readonly birthDate: string
  readonly sex: 'M' | 'F' | '<'
  readonly expiryDate: string
  readonly primary: string
  readonly secondary: string
  readonly optional?: string
  readonly secondOptional?: string
}

/**
 * Writes the lines of a machine readable zone with its check digits. A document number of more than nine characters goes on in the
 * optional data of TD1 and TD2; a long name is cut at the end of its field. Throws `formats/wrong-mrz-field` for a character
 * that the zone has not and for a value that does not fit.
 */
export function writeMrz(format: MrzFormat, content: MrzContent): string[] {
  const layout = mrzLayouts[format]
  let lines = Array.from({ length: layout.lines }, () => '<'.repeat(layout.length))
  const put = (span: Span, text: string, field: string) => {
    if (text.length > span[2] - span[1]) throw wrong(field, 'does not fit')
    lines = lines.with(span[0], replacedIn(lines[span[0]]!, span, text.padEnd(span[2] - span[1], '<')))
  }
  const number = filled(content.documentNumber, 'documentNumber')
  const isLong = number.length > 9
  if (isLong && format !== 'TD1' && format !== 'TD2') throw wrong('documentNumber', 'does not fit')
  const rest = isLong ? `${number.slice(9)}${checkDigit(number)}<` : ''
  const values: Partial<Record<MrzFieldName, string>> = {
    documentCode: filled(content.documentCode, 'documentCode'),
    issuer: filled(content.issuer, 'issuer'),
    documentNumber: number.slice(0, 9),
    nationality: filled(content.nationality, 'nationality'),
    birthDate: filled(content.birthDate, 'birthDate'),
    sex: content.sex,
    expiryDate: filled(content.expiryDate, 'expiryDate'),
    optional: `${rest}${filled(content.optional ?? '', 'optional')}`.replace(/<$/, ''),
    secondOptional: filled(content.secondOptional ?? '', 'secondOptional'),
  }
  for (const [field, span] of Object.entries(layout.fields) as [MrzFieldName, Span][]) {
    if (field === 'names') put(span, nameField(content).slice(0, span[2] - span[1]), field)
    else put(span, values[field] ?? '', field)
  }
  for (const [field, span] of Object.entries(layout.checks) as [MrzFieldName, Span][]) {
    if (field === 'documentNumber' && isLong) continue
    put(span, checkDigit(spanOf(lines, layout.fields[field]!)) ?? '', field)
  }
  if (layout.composite !== null) {
    const over = layout.composite.over.map((it) => spanOf(lines, it)).join('')
    put(layout.composite.digit, checkDigit(over) ?? '', 'composite')
  }
  return lines
}

function nameField({ primary, secondary }: MrzContent): string {
  const [one, two] = [filled(primary, 'primary'), filled(secondary, 'secondary')]
  return two === '' ? one : `${one}<<${two}`
}

function filled(text: string, field: string): string {
  const value = text
    .toUpperCase()
    .replace(/['’]/g, '')
    .replace(/[\s-]+/g, '<')
  if (!/^[A-Z0-9<]*$/.test(value)) throw wrong(field, 'has a character that the zone has not')
  return value
}

function replacedIn(line: string, [, from, to]: Span, text: string): string {
  return line.slice(0, from) + text + line.slice(to)
}

function wrong(field: string, why: string) {
  return fault('formats/wrong-mrz-field', `The field ${field} ${why}.`, { details: { field } })
}
