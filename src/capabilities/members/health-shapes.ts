/** What the health page reads from the node. */

export interface Judged {
  readonly standing: 'good' | 'attention' | 'bad'
  readonly advice: string | null
}

export interface HealthPeer extends Judged {
  readonly member: string
  readonly name: string
  readonly seenAt: string | null
  readonly failingSince: string | null
  readonly problem: string | null
  readonly suspended: string | null
  readonly waiting: number
  readonly sealed: number
  readonly oldest: string | null
  readonly taken: number
  readonly missing: number
}

export interface Health {
  readonly at: string
  readonly node: { readonly version: string; readonly startedAt: string }
  readonly database: { readonly bytes: number; readonly answerMilliseconds: number }
  readonly directory: Judged & { readonly version: number; readonly expiresAt: string }
  readonly keys: Judged & { readonly ending: readonly { readonly use: string; readonly notAfter: string }[] }
  readonly peers: readonly HealthPeer[]
  readonly quarantine: Judged & { readonly kept: number; readonly newest: string | null; readonly notKept: number }
  readonly ledger: Judged & {
    readonly size: number
    readonly checkpoint: { readonly size: number; readonly at: string } | null
  }
  readonly followers: readonly (Judged & {
    readonly name: string
    readonly behind: number
    readonly since: string | null
  })[]
  readonly retention: Judged & { readonly cleanedAt: string | null }
}
