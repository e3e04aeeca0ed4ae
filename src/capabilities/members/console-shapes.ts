/** What the pages of members read from the node. */

export interface ShownKey {
  readonly kid: string
  readonly use: 'sign' | 'seal'
  readonly notBefore: string
  readonly notAfter: string
  readonly revokedAt: string | null
  readonly state: 'valid' | 'expiring' | 'not-yet' | 'expired' | 'revoked'
}

export interface ShownMember {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly country: string | null
  readonly mandates: readonly string[]
  readonly roles: readonly string[]
  readonly contact: { readonly desk: string; readonly email: string; readonly phone: string; readonly hours: string }
  readonly suspended: boolean
  readonly endpoint: string
  readonly keys: readonly ShownKey[]
  readonly self: boolean
  readonly groups: readonly string[]
}

export interface ShownDirectory {
  readonly items: readonly ShownMember[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
}

export interface DirectoryState {
  readonly federation: string
  readonly version: number
  readonly hash: string
  readonly previous: string | null
  readonly issuedAt: string
  readonly expiresAt: string
  readonly threshold: number
  readonly keys: readonly { readonly kid: string; readonly signed: boolean }[]
}

export interface Who {
  readonly id: string | null
  readonly name: string | null
}

export interface ShownProposal {
  readonly hash: string
  readonly version: number
  readonly state: 'open' | 'in-force' | 'overtaken' | 'withdrawn'
  readonly reason: string
  readonly by: Who
  readonly at: string
  readonly withdrawn: { readonly at: string; readonly reason: string } | null
  readonly changes: number
  readonly threshold: number
  readonly keys: readonly { readonly kid: string; readonly signed: { readonly by: Who; readonly at: string } | null }[]
}
