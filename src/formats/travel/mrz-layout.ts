import type { DateUse } from '#formats/travel/travel-dates'

export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'
export type MrzFieldName =
  | 'documentCode'
  | 'issuer'
  | 'documentNumber'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'optional'
  | 'secondOptional'
  | 'names'

/** A place in the zone: line, first character and the one after the last, all from 0. */
export type Span = readonly [line: number, from: number, to: number]

export interface MrzLayout {
  readonly lines: number
  readonly length: number
  readonly fields: Readonly<Partial<Record<MrzFieldName, Span>>>
  /** The check digit of each field that has one of its own. */
  readonly checks: Readonly<Partial<Record<MrzFieldName, Span>>>
  /** The check digit over several spans, and those spans; null for visas. */
  readonly composite: { readonly digit: Span; readonly over: readonly Span[] } | null
}

/** Line two of the passport and of the visa of its size; and, shorter at the end, of the two smaller ones. */
const secondLine = {
  documentNumber: [1, 0, 9],
  nationality: [1, 10, 13],
  birthDate: [1, 13, 19],
  sex: [1, 20, 21],
  expiryDate: [1, 21, 27],
} as const
const secondLineChecks = { documentNumber: [1, 9, 10], birthDate: [1, 19, 20], expiryDate: [1, 27, 28] } as const
const head = { documentCode: [0, 0, 2], issuer: [0, 2, 5] } as const

/** ICAO Doc 9303 parts 4 to 7: what stands where in each machine readable zone. */
export const mrzLayouts: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1: {
    lines: 3,
    length: 30,
    fields: {
      ...head,
      documentNumber: [0, 5, 14],
      optional: [0, 15, 30],
      birthDate: [1, 0, 6],
      sex: [1, 7, 8],
      expiryDate: [1, 8, 14],
      nationality: [1, 15, 18],
      secondOptional: [1, 18, 29],
      names: [2, 0, 30],
    },
    checks: { documentNumber: [0, 14, 15], birthDate: [1, 6, 7], expiryDate: [1, 14, 15] },
    composite: {
      digit: [1, 29, 30],
      over: [
        [0, 5, 30],
        [1, 0, 7],
        [1, 8, 15],
        [1, 18, 29],
      ],
    },
  },
  TD2: {
    lines: 2,
    length: 36,
    fields: { ...head, names: [0, 5, 36], ...secondLine, optional: [1, 28, 35] },
    checks: secondLineChecks,
    composite: {
      digit: [1, 35, 36],
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 35],
      ],
    },
  },
  TD3: {
    lines: 2,
    length: 44,
    fields: { ...head, names: [0, 5, 44], ...secondLine, optional: [1, 28, 42] },
    checks: { ...secondLineChecks, optional: [1, 42, 43] },
    composite: {
      digit: [1, 43, 44],
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 43],
      ],
    },
  },
  'MRV-A': {
    lines: 2,
    length: 44,
    fields: { ...head, names: [0, 5, 44], ...secondLine, optional: [1, 28, 44] },
    checks: secondLineChecks,
    composite: null,
  },
  'MRV-B': {
    lines: 2,
    length: 36,
    fields: { ...head, names: [0, 5, 36], ...secondLine, optional: [1, 28, 36] },
    checks: secondLineChecks,
    composite: null,
  },
}

export const dateUses: Readonly<Partial<Record<MrzFieldName, DateUse>>> = { birthDate: 'birth', expiryDate: 'expiry' }

export function spanOf(lines: readonly string[], [line, from, to]: Span): string {
  return lines[line]!.slice(from, to)
}
