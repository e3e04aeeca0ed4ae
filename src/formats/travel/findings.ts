import severities from './finding-severities.json' with { type: 'json' }

export type FindingCode = keyof typeof severities
export type Severity = 'error' | 'warning' | 'note'

/** One thing about a message that its sender should know: what was found where, and what was expected. */
export interface Finding {
  readonly code: FindingCode
  /** An error may have cost data; a warning is a rule that was broken; a note is a peculiarity that cost nothing. */
  readonly severity: Severity
  /** Byte offset in the file; null for what concerns all of it. */
  readonly offset: number | null
  /** The text of the segment, one line, at most 200 units; empty when it is withheld or there is none. */
  readonly text: string
  /** What fills the sentence of the code, each on one line. */
  readonly values: Readonly<Record<string, string>>
}

export interface FindingPlace {
  readonly offset?: number | null
  readonly text?: string
  /** What fills the sentence of the code (`words/*.json`). */
  readonly values?: Readonly<Record<string, string | number>>
}

export function finding(code: FindingCode, place: FindingPlace = {}): Finding {
  const values = Object.entries(place.values ?? {}).map(([name, value]) => [name, oneLine(String(value))])
  return {
    code,
    severity: severities[code] as Severity,
    offset: place.offset ?? null,
    text: oneLine(place.text ?? ''),
    values: Object.fromEntries(values),
  }
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }

/** The gravest first, and in the order of the file among equals. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => order[a.severity] - order[b.severity] || (a.offset ?? Number.MAX_VALUE) - (b.offset ?? Number.MAX_VALUE),
  )
}
