import type { FieldGap } from '#capabilities/notices/console-judging'

/** What the node refused, brought to its fields. */

interface Refused {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

interface Issue {
  readonly at: string
  readonly message: string
}

const fieldOfCode: Readonly<Record<string, string>> = {
  'notices/category': '/handling/category',
  'notices/lifetime': '/handling/expiresAt',
  'notices/nobody-to-send-to': '/to',
}

/** Text by field: pointers in the body, and `/handling/…` for the header. */
export function refusedFields(refused: Refused | undefined): Readonly<Record<string, string>> {
  if (refused === undefined) return {}
  const { code, message, details } = refused
  const at = fieldOfCode[code]
  if (at !== undefined) return { [at]: message }
  if (code !== 'http/malformed' || !Array.isArray(details.issues)) return {}
  return Object.fromEntries((details.issues as Issue[]).map((it) => [it.at.replace(/^\/body(?=\/)/, ''), it.message]))
}

/** Gaps that the node found when it was to be sent. */
export function refusedGaps(refused: Refused | undefined): readonly FieldGap[] {
  if (refused?.code !== 'notices/incomplete' || !Array.isArray(refused.details.gaps)) return []
  return refused.details.gaps as FieldGap[]
}
