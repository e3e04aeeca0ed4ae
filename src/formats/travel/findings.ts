import texts from './finding-texts.json' with { type: 'json' }

export type FindingCode = keyof typeof texts.findings
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
  /** What the code says of this place, in English: the language of the carriers' guides. */
  readonly expected: string
}

export interface FindingPlace {
  readonly offset?: number | null
  readonly text?: string
  /** What replaces `{…}` in the text of the code. */
  readonly values?: Readonly<Record<string, string | number>>
}

export function finding(code: FindingCode, place: FindingPlace = {}): Finding {
  const { severity, expected } = texts.findings[code] as { severity: Severity; expected: string }
  return {
    code,
    severity,
    offset: place.offset ?? null,
    text: oneLine(place.text ?? ''),
    expected: expected.replace(/\{(\w+)\}/g, (_, name: string) => oneLine(String(place.values?.[name] ?? ''))),
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
