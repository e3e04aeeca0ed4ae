import type { Declaration, DeclaredGroup, DeclaredRange, Status } from '#capabilities/documents/record'
import limits from './limits.json' with { type: 'json' }

export interface DeclaredEntry {
  /** Normalised. */
  readonly number: string
  readonly kind: string
  readonly status: Status
  /** ISO 8601 date. */
  readonly declaredAt: string
}

/** Gathers what one record declares: each document once, what came last of it. */
export interface Collector {
  add(entry: DeclaredEntry): void
  addRange(range: DeclaredRange): void
  /** Nothing more may go into the record. */
  readonly isFull: boolean
  readonly size: number
  /** The body of the record; the collector is empty again. */
  take(issuer: string): Declaration
}

export function createCollector(): Collector {
  let entries = new Map<string, DeclaredEntry>()
  let ranges: DeclaredRange[] = []
  const groups = new Set<string>()

  return {
    add(entry) {
      entries.set(`${entry.kind} ${entry.number}`, entry)
      groups.add(groupOf(entry))
    },
    addRange(range) {
      ranges.push(range)
    },
    get isFull() {
      return (
        entries.size >= limits.entriesPerRecord ||
        groups.size >= limits.groupsPerRecord ||
        ranges.length >= limits.rangesPerRecord
      )
    },
    get size() {
      return entries.size + ranges.length
    },
    take(issuer) {
      const body = { issuer, groups: group(entries.values()), ranges }
      entries = new Map()
      ranges = []
      groups.clear()
      return body
    },
  }
}

const groupOf = ({ kind, status, declaredAt }: DeclaredEntry) => `${kind} ${status} ${declaredAt}`

function group(entries: Iterable<DeclaredEntry>): DeclaredGroup[] {
  return [...Map.groupBy(entries, groupOf).values()].map((all) => {
    const { kind, status, declaredAt } = all[0]!
    return { kind, status, declaredAt, numbers: all.map((it) => it.number).join(' ') }
  })
}
