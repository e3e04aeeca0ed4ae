/** What the API says of candidates and hits, as far as pages show it. */

export interface ShownCandidate {
  readonly id: string
  readonly state: 'open' | 'hit' | 'no-hit' | 'lapsed'
  readonly ours: { readonly id: string; readonly version: number; readonly caption: string }
  readonly theirs: { readonly id: string; readonly version: number; readonly caption: string; readonly owner: string }
  readonly features: readonly {
    readonly name: string
    readonly score: number
    readonly query: string
    readonly candidate: string
    readonly explanation: string
  }[]
  readonly engine: string
  readonly reason: string | null
  readonly hit: string | null
  readonly since: string
}

export interface ShownHit {
  readonly id: string
  readonly role: 'finder' | 'owner'
  readonly about: string
  readonly caption: string
  readonly other: string
  readonly state: 'recorded' | 'reported' | 'confirmed' | 'not-confirmed' | 'more-information' | 'withdrawn'
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly reportedAt: string
  readonly answeredAt: string | null
  readonly late: boolean
  readonly action: {
    readonly requested: string
    readonly permitted: string
    readonly because: string
    readonly instruction: string
  }
  readonly note: string | null
}
