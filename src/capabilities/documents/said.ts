import { allStatuses, documentKinds, type Status } from '#capabilities/documents/record'

/** What a declaration says of a document, in one word: the day since 1970 in sixteen bits, the status in eight, the kind in eight. */

const millisecondsPerDay = 86_400_000

/** What the numbers in the words stand for: words written under another vocabulary mean something else. */
export const vocabulary = [...allStatuses, ...documentKinds].join(' ')

interface Saying {
  readonly kind: string
  readonly status: Status
  /** ISO 8601 date. */
  readonly declaredAt: string
}

export function packSaying({ kind, status, declaredAt }: Saying): number {
  const day = Math.min(0xffff, Math.max(0, Math.floor(Date.parse(declaredAt) / millisecondsPerDay)))
  return ((day << 16) | (allStatuses.indexOf(status) << 8) | documentKinds.indexOf(kind)) >>> 0
}

export function unpackSaying(word: number): Saying {
  return {
    kind: documentKinds[kindOf(word)]!,
    status: allStatuses[(word >>> 8) & 0xff]!,
    declaredAt: new Date(dayOf(word) * millisecondsPerDay).toISOString().slice(0, 10),
  }
}

export const kindOf = (word: number) => word & 0xff
export const dayOf = (word: number) => word >>> 16
