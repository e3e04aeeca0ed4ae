import { type Finding, type Severity, sortFindings } from '#formats/travel/findings'

/** What one message held, for its sender. Names nobody; the texts of findings are the sender's own segments. */
export interface ReportedMessage {
  readonly type: string
  readonly version: string
  readonly reference: string
  readonly sender: string
  readonly interchangeReference: string
  /** 'QQ877 MIA–IAD 2008-07-10T15:00'. */
  readonly flights: readonly string[]
  readonly personsKept: number
  /** Groups of a person that gave no name. */
  readonly personsUnnamed: number
  /** What the message says it holds, in its own words: '42: 2 stated, 2 read'. */
  readonly counts: readonly string[]
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

const headings: Readonly<Record<Severity, string>> = {
  error: 'ERROR',
  warning: 'WARNING',
  note: 'NOTE',
}
/** A message with more than this of one finding shows the first of them and counts the rest. */
const mostOfOneCode = 20

/** The report as plain text in English, lines of at most about a hundred characters, for a mail or a file beside the message. */
export function renderCarrierReport(report: CarrierReport): string {
  const persons = report.messages.reduce((sum, it) => sum + it.personsKept, 0)
  const unnamed = report.messages.reduce((sum, it) => sum + it.personsUnnamed, 0)
  const lines = [
    `Report on passenger data read on ${report.readOn}`,
    `Messages: ${report.messages.length}. Persons kept: ${persons}. Groups without a name, kept apart: ${unnamed}.`,
    ...report.messages.flatMap((it, index) => messageLines(it, index + 1)),
  ]
  if (report.findings.length > 0) lines.push('', 'Outside of the messages', ...findingLines(report.findings))
  return `${lines.join('\n')}\n`
}

function messageLines(message: ReportedMessage, ordinal: number): string[] {
  const { errors, warnings, notes } = tally(message.findings)
  return [
    '',
    `Message ${ordinal}: ${[message.type || 'without a header', message.version, message.reference].filter((it) => it !== '').join(' ')}`,
    ...(message.sender === ''
      ? []
      : [`  From ${message.sender}, interchange ${message.interchangeReference || 'without a reference'}`]),
    ...message.flights.map((it) => `  Flight ${it}`),
    `  Persons kept: ${message.personsKept}; groups without a name: ${message.personsUnnamed}`,
    ...message.counts.map((it) => `  Count ${it}`),
    ...message.leftOut.map((it) => `  Left out when read: ${it.count} × ${it.what}`),
    `  Findings: ${errors} errors, ${warnings} warnings, ${notes} notes`,
    ...findingLines(message.findings),
  ]
}

function findingLines(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  const lines: string[] = []
  for (const it of sortFindings(findings)) {
    const count = (seen.get(it.code) ?? 0) + 1
    seen.set(it.code, count)
    if (count > mostOfOneCode) continue
    lines.push(`  ${headings[it.severity]} ${it.code}${it.offset === null ? '' : ` at byte ${it.offset}`}`)
    if (it.text !== '') lines.push(`    found:    ${it.text}`)
    lines.push(`    expected: ${it.expected}`)
  }
  for (const [code, count] of seen)
    if (count > mostOfOneCode) lines.push(`  … and ${count - mostOfOneCode} more of ${code}`)
  return lines
}

function tally(findings: readonly Finding[]) {
  const of = (severity: Severity) => findings.filter((it) => it.severity === severity).length
  return { errors: of('error'), warnings: of('warning'), notes: of('note') }
}
