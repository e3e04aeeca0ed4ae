import { type Finding, type Severity, sortFindings } from '#formats/travel/findings'
import type { FlightEnd, FlightLeg } from '#formats/travel/traveller'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

export const reportLanguages = ['en', 'fr', 'es', 'ar'] as const
export type ReportLanguage = (typeof reportLanguages)[number]

const wordsOf = { en, fr, es, ar } satisfies Record<ReportLanguage, typeof en>
type Words = (typeof en)['carrierReport']

export type ReportedFlight = Pick<FlightLeg, 'flight' | 'departure' | 'arrival'>

/** What one message held, for its sender. Names nobody; the texts of findings are the sender's own segments. */
export interface ReportedMessage {
  readonly type: string
  readonly version: string
  readonly reference: string
  readonly sender: string
  readonly interchangeReference: string
  readonly flights: readonly ReportedFlight[]
  readonly personsKept: number
  /** Groups of a person that gave no name. */
  readonly personsUnnamed: number
  /** What the message says it holds, and what was read; null when it does not say. */
  readonly counts: readonly { readonly of: string; readonly stated: number | null; readonly read: number }[]
  /** How much of which class was left out at the door, and never of whom. */
  readonly leftOut: readonly { readonly what: string; readonly count: number }[]
  readonly findings: readonly Finding[]
}

export interface CarrierReport {
  /** ISO date on which the file was read. */
  readonly readOn: string
  readonly messages: readonly ReportedMessage[]
  /** Outside of any message. */
  readonly findings: readonly Finding[]
}

/** A message with more than this of one finding shows the first of them and counts the rest. */
const mostOfOneCode = 20

/** The report as plain text, lines of at most about a hundred characters, for a mail or a file beside the message. */
export function renderCarrierReport(report: CarrierReport, language: ReportLanguage = 'en'): string {
  const words = wordsOf[language].carrierReport
  const persons = report.messages.reduce((sum, it) => sum + it.personsKept, 0)
  const unnamed = report.messages.reduce((sum, it) => sum + it.personsUnnamed, 0)
  const { lines } = words
  const all = [
    fill(lines.head, { day: report.readOn }),
    fill(lines.totals, { messages: report.messages.length, persons, unnamed }),
    ...report.messages.flatMap((it, index) => messageLines(it, index + 1, words)),
  ]
  if (report.findings.length > 0) all.push('', lines.outside, ...findingLines(report.findings, words))
  return `${all.join('\n')}\n`
}

function messageLines(message: ReportedMessage, ordinal: number, words: Words): string[] {
  const { lines } = words
  const header = [message.type || lines.noHeader, message.version, message.reference]
    .filter((it) => it !== '')
    .join(' ')
  const { sender, interchangeReference, personsKept, personsUnnamed } = message
  return [
    '',
    fill(lines.message, { ordinal, header }),
    ...(sender === ''
      ? []
      : [`  ${fill(lines.sender, { sender, reference: interchangeReference || lines.noReference })}`]),
    ...message.flights.map((it) => `  ${flightLine(it, words)}`),
    `  ${fill(lines.persons, { kept: personsKept, unnamed: personsUnnamed })}`,
    ...message.counts.map(
      ({ of, stated, read }) =>
        `  ${fill(stated === null ? lines.countUnstated : lines.count, { of, stated: stated ?? '', read })}`,
    ),
    ...message.leftOut.map(
      ({ what, count }) =>
        `  ${fill(lines.leftOut, { count, what: words.leftOut[what as keyof Words['leftOut']] ?? what })}`,
    ),
    `  ${fill(lines.tally, tally(message.findings))}`,
    ...findingLines(message.findings, words),
  ]
}

function flightLine({ flight, departure, arrival }: ReportedFlight, { lines }: Words): string {
  const timeOf = ({ time }: FlightEnd) => time?.local ?? time?.raw ?? '?'
  return fill(lines.flight, {
    flight: flight || lines.noNumber,
    from: departure.place ?? '?',
    to: arrival.place ?? '?',
    departure: timeOf(departure),
    arrival: timeOf(arrival),
  })
}

function findingLines(findings: readonly Finding[], words: Words): string[] {
  const { lines, severities } = words
  const seen = new Map<string, number>()
  const all: string[] = []
  for (const it of sortFindings(findings)) {
    const count = (seen.get(it.code) ?? 0) + 1
    seen.set(it.code, count)
    if (count > mostOfOneCode) continue
    const head = fill(lines.finding, { severity: severities[it.severity], code: it.code })
    all.push(`  ${head}${it.offset === null ? '' : ` ${fill(lines.atByte, { offset: it.offset })}`}`)
    if (it.text !== '') all.push(`    ${lines.found.padEnd(10)}${it.text}`)
    all.push(`    ${lines.expected.padEnd(10)}${fill(words.expected[it.code], it.values)}`)
  }
  for (const [code, count] of seen)
    if (count > mostOfOneCode) all.push(`  ${fill(lines.more, { count: count - mostOfOneCode, code })}`)
  return all
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

function tally(findings: readonly Finding[]) {
  const of = (severity: Severity) => findings.filter((it) => it.severity === severity).length
  return { errors: of('error'), warnings: of('warning'), notes: of('note') }
}
