import { defineFaults } from '#kernel/fault'

/** Why a whole file is refused. A single bad item is not a fault: it comes out as a rejected item and the reading goes on. */
export const fault = defineFaults({
  'formats/not-un-list': 'invalid',
  'formats/not-ofac-list': 'invalid',
  'formats/not-ftm-json': 'invalid',
  'formats/not-us-list': 'invalid',
  'formats/not-eu-list': 'invalid',
  'formats/not-uk-list': 'invalid',
  'formats/wrong-mapping': 'invalid',
  'formats/wrong-delta': 'conflict',
  'formats/no-name-column': 'invalid',
  'formats/unknown-column': 'invalid',
  'formats/truncated': 'invalid',
  'formats/malformed-xml': 'invalid',
  'formats/doctype-refused': 'invalid',
  'formats/not-utf8': 'unsupported',
  'formats/too-large': 'too-large',
  'formats/too-deep': 'invalid',
})

/** Why one item is refused while its neighbours are kept (protocol point 13). */
export type RejectionCode =
  | 'formats/no-ref'
  | 'formats/no-name'
  | 'formats/duplicate-ref'
  | 'formats/orphan'
  | 'formats/too-many-values'
  | 'formats/unknown-type'
  | 'formats/wrong-columns'
  | 'formats/wrong-json'
  | 'formats/wrong-shape'
  | 'formats/unknown-schema'

export interface Rejection {
  readonly kind: 'rejected'
  /** Where to look: 'line 12', 'sdn.csv line 12', or the reference the list itself gives. */
  readonly where: string
  readonly code: RejectionCode
  readonly reason: string
}

export function rejection(where: string, code: RejectionCode, reason: string): Rejection {
  return { kind: 'rejected', where, code, reason }
}

/** Limits before parsing (protocol point 13), in UTF-16 units unless said otherwise. */
export const formatLimits = {
  element: 1_048_576,
  depth: 64,
  field: 131_072,
  row: 1_048_576,
  columns: 1_000,
  line: 1_048_576,
  name: 1_024,
  value: 4_096,
  remarks: 16_384,
  valuesPerProperty: 2_000,
  held: 1_000,
  programme: 256,
  programmes: 200,
  entries: 2_000_000,
  sideRows: 1_000_000,
} as const
