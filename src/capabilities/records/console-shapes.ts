/** What the pages of this capability are told by the node. */

export interface ShownRule {
  readonly id: string
  readonly text: string
  readonly source: string
  readonly verified: boolean
}

export interface ShownApproval {
  readonly id: string
  readonly act: 'share' | 'grant'
  readonly record: { readonly id: string; readonly type: string; readonly caption: string; readonly version: number }
  readonly version: number
  readonly recipients: readonly string[]
  readonly rules: readonly ShownRule[]
  readonly reason: string
  readonly asker: { readonly id: string; readonly name: string }
  readonly mine: boolean
  readonly askedAt: string
  readonly expiresAt: string
  readonly state: 'waiting' | 'approved' | 'refused' | 'returned' | 'expired'
  readonly decider: { readonly id: string; readonly name: string } | null
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly seen: boolean
}

export interface ShownPermission {
  readonly id: string
  readonly about: string
  readonly asker: string
  readonly state: 'open' | 'granted' | 'refused'
  readonly since: string
  readonly ours: boolean
  readonly record: {
    readonly caption: string
    readonly type: string
    readonly owner: string
    readonly version: number
  } | null
  readonly permits: 'onward' | 'use-in-proceedings'
  readonly recipients: readonly string[]
  readonly purposes: readonly string[]
  readonly reason: string
  readonly answered: { readonly at: string; readonly reason: string; readonly expiresAt: string | null } | null
  readonly seen: boolean
  readonly approval: string | null
}

export interface ShownGrant {
  readonly id: string
  readonly about: string
  readonly record: { readonly caption: string; readonly type: string } | null
  readonly owner: string
  readonly holder: string
  readonly permits: 'onward' | 'use-in-proceedings'
  readonly recipients: readonly string[]
  readonly purposes: readonly string[]
  readonly since: string
  readonly expiresAt: string
  readonly reason: string
  readonly version: number
}

export interface ShownOverdue {
  readonly record: { readonly id: string; readonly type: string; readonly caption: string; readonly state: string }
  readonly member: string
  readonly kind: 'record' | 'recall'
  readonly count: number
  readonly since: string
  readonly dueAt: string
  readonly sent: boolean
  readonly problem: string | null
  readonly failingSince: string | null
  readonly seenAt: string | null
  readonly followUp: {
    readonly at: string
    readonly name: string
    readonly reason: string
    readonly againAt: string
  } | null
}

export interface ShownRecall {
  readonly record: { readonly id: string; readonly type: string; readonly caption: string }
  readonly since: string
  readonly told: number
  readonly erased: number
}
