/** What the pages of lists read from the node. */

export interface PublishedList {
  readonly id: string
  readonly title: string
  /** The first is needed, the others may be left out. */
  readonly parts: readonly string[]
  readonly entries: number
  readonly findable: number
  readonly version: number | null
  readonly contentHash: string | null
  readonly changing: boolean
  readonly importedAt: string | null
  readonly generatedAt: string | null
  readonly download: ShownDownload | null
  readonly last: ShownImport | null
  readonly handedIn: readonly { readonly part: string; readonly bytes: number; readonly at: string }[]
  readonly sharedWith: readonly { readonly member: string; readonly since: string }[]
}

/** A share of a whole list that asked for a second person. */
export interface ShownShare {
  readonly id: string
  readonly list: string
  readonly title: string
  readonly recipients: readonly string[]
  readonly rules: readonly {
    readonly id: string
    readonly text: string
    readonly source: string
    readonly verified: boolean
  }[]
  readonly reason: string
  readonly asker: { readonly id: string; readonly name: string }
  readonly mine: boolean
  readonly askedAt: string
  readonly expiresAt: string
  readonly state: 'waiting' | 'approved' | 'refused' | 'returned' | 'expired'
}

export interface ShownDownload {
  readonly askedAt: string | null
  readonly changedAt: string | null
  readonly nextAt: string | null
  readonly outcome: 'same' | 'imported' | 'refused' | 'failed' | 'waiting' | null
  readonly failures: number
  readonly problem: { readonly code: string; readonly title: string } | null
}

export interface ShownCheck {
  readonly list: string
  readonly at: string
  readonly version: number | null
  readonly sampled: boolean
  readonly entries: number
  readonly indexed: number
  readonly checked: number
  readonly names: number
  readonly findable: number
  readonly missed: number
  readonly faint: number
}

export interface ShownCompletion {
  readonly list: string
  readonly version: number | null
  readonly state: 'running' | 'done'
  readonly entries: number
  readonly people: number
  readonly watched: number
  readonly candidates: number
  readonly matches: number
  readonly doneAt: string | null
  readonly waiting: number
}

export interface Report {
  readonly generatedAt: string | null
  readonly entries: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  readonly counts: Readonly<Record<string, number>>
  readonly rejected: readonly { readonly where: string; readonly code: string; readonly reason: string }[]
  readonly seconds: number
}

export interface ShownImport {
  readonly id: string
  readonly list: string
  readonly state: 'running' | 'done' | 'failed' | 'interrupted'
  readonly startedAt: string
  readonly endedAt: string | null
  readonly by: { readonly id: string; readonly name: string | null } | null
  readonly files: readonly { readonly part: string; readonly bytes: number; readonly sha256: string }[]
  readonly report: Report | null
  readonly problem: { readonly code: string; readonly title: string; readonly rule: string | null } | null
  readonly forced: string | null
  readonly version: number | null
  readonly progress: {
    readonly stage: 'reading' | 'writing' | 'withdrawing'
    readonly done: number
    readonly total: number
    readonly rate: number
  } | null
}

export const changeKinds = ['added', 'changed', 'removed'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface ShownChange {
  readonly ref: string
  readonly change: ChangeKind
  readonly record: string
  readonly version: number
  readonly caption: string
  readonly fields: readonly {
    readonly field: string
    readonly before: readonly string[]
    readonly after: readonly string[]
  }[]
}
