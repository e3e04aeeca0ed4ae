import { type CheckVerdict, verdictOn } from '#formats/travel/mrz-check'
import {
  type MrzFieldName,
  type MrzFormat,
  type MrzLayout,
  mrzLayouts,
  type Span,
  spanOf,
} from '#formats/travel/mrz-layout'
import { findMrzLines, type MrzNote } from '#formats/travel/mrz-lines'
import { type MrzNames, readMrzNames } from '#formats/travel/mrz-names'
import { isConfusable, type MrzRepair, repairsOf } from '#formats/travel/mrz-repair'
import { sexOf } from '#formats/travel/stated-sex'
import { type TravelCountry, travelCountry } from '#formats/travel/travel-country'
import { type ResolvedDate, resolveDate } from '#formats/travel/travel-dates'
import type { StatedSex } from '#formats/travel/traveller'

export interface MrzField<Value> {
  /** Exactly what stands in the zone, fillers too. */
  readonly raw: string
  readonly value: Value
  /** Of the field's own check digit; null when the format has none for it, as for names and countries. */
  readonly check: CheckVerdict | null
}

export interface MrzSuggestion {
  readonly field: MrzFieldName | 'composite'
  readonly raw: string
  readonly repairs: readonly MrzRepair[]
}

export interface MrzReading {
  readonly kind: 'read'
  readonly format: MrzFormat
  /** The zone as it was read, each line of the length of its format. */
  readonly lines: readonly string[]
  /** What had to be done to the text to get at the lines. */
  readonly notes: readonly MrzNote[]
  readonly documentCode: MrzField<string>
  readonly issuer: MrzField<TravelCountry | null>
  readonly documentNumber: MrzField<string> & { readonly continued: boolean }
  readonly nationality: MrzField<TravelCountry | null>
  readonly birthDate: MrzField<ResolvedDate>
  readonly sex: MrzField<StatedSex>
  readonly expiryDate: MrzField<ResolvedDate>
  readonly optional: MrzField<string>
  readonly secondOptional: MrzField<string> | null
  readonly names: MrzField<MrzNames>
  /** Over several fields; null for visas, which have none. */
  readonly composite: CheckVerdict | null
  /** No check digit is wrong. Says that digits agree, and nothing about names, countries or whether the document is genuine. */
  readonly checksAgree: boolean
  /** Issuer or holder of a code that only specimens have. */
  readonly isSpecimen: boolean
  readonly suggestions: readonly MrzSuggestion[]
}

export interface MrzUnreadable {
  readonly kind: 'unreadable'
  readonly text: string
}

export interface MrzOptions {
  /** ISO date against which centuries are resolved. */
  readonly today: string
}

/**
 * Reads the machine readable zone of a travel document or visa (ICAO Doc 9303: TD1, TD2, TD3, MRV-A, MRV-B) from typed or scanned
 * text. Nothing is corrected: what the zone says is given with the verdict of every check digit, and a likelier reading of a
 * field whose digit is wrong stands apart in `suggestions`. Never throws.
 */
export function readMrz(text: string, { today }: MrzOptions): MrzReading | MrzUnreadable {
  const found = findMrzLines(text.slice(0, 4_000))
  if (found === null) return { kind: 'unreadable', text }
  const { format, lines, notes } = found
  const layout = mrzLayouts[format]
  const raw = (field: MrzFieldName) => (layout.fields[field] === undefined ? '' : spanOf(lines, layout.fields[field]))
  const checked = (field: MrzFieldName) => checkOf(field, lines, layout)
  const field = <Value>(name: MrzFieldName, value: Value): MrzField<Value> => ({
    raw: raw(name),
    value,
    check: checked(name),
  })

  const number = documentNumber(format, lines)
  const composite =
    layout.composite === null
      ? null
      : verdictOn(over(lines, layout.composite.over), spanOf(lines, layout.composite.digit))
  const issuer = travelCountry(raw('issuer'))
  const nationality = travelCountry(raw('nationality'))
  const reading = {
    kind: 'read' as const,
    format,
    lines,
    notes,
    documentCode: field('documentCode', bare(raw('documentCode'))),
    issuer: field('issuer', issuer),
    documentNumber: number,
    nationality: field('nationality', nationality),
    birthDate: field('birthDate', resolveDate(raw('birthDate'), 'birth', today)),
    sex: field('sex', { raw: raw('sex'), value: sexOf(raw('sex')) }),
    expiryDate: field('expiryDate', resolveDate(raw('expiryDate'), 'expiry', today)),
    optional: field(
      'optional',
      bare(number.continued ? raw('optional').slice(number.raw.length - 9 + 1) : raw('optional')),
    ),
    secondOptional:
      layout.fields.secondOptional === undefined ? null : field('secondOptional', bare(raw('secondOptional'))),
    names: field('names', readMrzNames(raw('names'))),
    composite,
  }
  const verdicts = [reading.documentNumber, reading.birthDate, reading.expiryDate, reading.optional].map(
    (it) => it.check,
  )
  return {
    ...reading,
    checksAgree: [...verdicts, composite].every((it) => it?.verdict !== 'wrong'),
    isSpecimen: issuer?.kind === 'specimen' || nationality?.kind === 'specimen',
    suggestions: suggest(reading, layout),
  }
}

const bare = (raw: string) => raw.replace(/<+/g, ' ').trim()
const over = (lines: readonly string[], spans: readonly Span[]) => spans.map((it) => spanOf(lines, it)).join('')

function checkOf(field: MrzFieldName, lines: readonly string[], layout: MrzLayout): CheckVerdict | null {
  const [span, digit] = [layout.fields[field], layout.checks[field]]
  return span === undefined || digit === undefined ? null : verdictOn(spanOf(lines, span), spanOf(lines, digit))
}

/**
 * A number of more than nine characters on TD1 and TD2: a filler stands for its check digit, and the rest of it with the digit
 * begins the optional data, up to the next filler (ICAO Doc 9303 part 5 section 4.2.4). The digit is of the number alone; some
 * documents count the filler in, and are not wrong for that.
 */
function documentNumber(format: MrzFormat, lines: readonly string[]): MrzReading['documentNumber'] {
  const layout = mrzLayouts[format]
  const first = spanOf(lines, layout.fields.documentNumber!)
  const printed = spanOf(lines, layout.checks.documentNumber!)
  const rest = /^[A-Z0-9]{2,}/.exec(spanOf(lines, layout.fields.optional!))?.[0]
  const isLong = (format === 'TD1' || format === 'TD2') && printed === '<' && !first.includes('<') && rest !== undefined
  if (!isLong) return { raw: first, value: bare(first), check: verdictOn(first, printed), continued: false }
  const whole = first + rest.slice(0, -1)
  const check = verdictOn(whole, rest.slice(-1))
  const withFiller = verdictOn(`${first}<${rest.slice(0, -1)}`, rest.slice(-1))
  return { raw: whole, value: whole, check: withFiller.verdict === 'ok' ? withFiller : check, continued: true }
}

type Draft = Omit<MrzReading, 'checksAgree' | 'isSpecimen' | 'suggestions'>

function suggest(reading: Draft, layout: MrzLayout): MrzSuggestion[] {
  const suggestions: MrzSuggestion[] = []
  let lines = reading.lines
  for (const name of ['documentNumber', 'birthDate', 'expiryDate', 'optional'] as const) {
    const { raw, check } = reading[name]
    if (check?.verdict !== 'wrong') continue
    const digitsOnly = name === 'birthDate' || name === 'expiryDate'
    const repairs = repairsOf(raw, check.printed, { digitsOnly, mostChanges: 2 })
    if (repairs.length === 0) continue
    suggestions.push({ field: name, raw: raw + check.printed, repairs })
    const isPlain = name !== 'documentNumber' || !reading.documentNumber.continued
    if (isPlain) lines = replaced(lines, layout.fields[name]!, repairs[0]!.value)
    if (isPlain) lines = replaced(lines, layout.checks[name]!, repairs[0]!.digit)
  }
  const { composite } = layout
  if (composite === null || reading.composite?.verdict !== 'wrong') return suggestions
  const whole = over(lines, composite.over)
  const digit = verdictOn(whole, spanOf(lines, composite.digit)).computed
  // the digit itself may be misread: a letter that stands for the digit which the other suggestions lead to
  const meant = digit !== null && isConfusable(reading.composite.printed, digit)
  if (meant)
    suggestions.push({
      field: 'composite',
      raw: reading.composite.printed,
      repairs: [{ value: '', digit, changes: 1 }],
    })
  return suggestions
}

function replaced(lines: readonly string[], [line, from, to]: Span, value: string): readonly string[] {
  return lines.with(line, lines[line]!.slice(0, from) + value + lines[line]!.slice(to))
}
