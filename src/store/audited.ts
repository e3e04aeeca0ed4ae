import type { AuditEntry } from '#ledger/entry'
import type { Audited } from '#store/change'
import type { Caller } from '#store/reader'

interface Detail {
  readonly object?: {
    readonly type: string
    readonly id: string
    readonly version?: number
    readonly owner?: string
  } | null
  readonly recipient?: string
  readonly outcome?: AuditEntry['outcome']
  readonly rule?: string
  readonly reason?: string
  readonly details?: AuditEntry['details']
}

/** The audit entry of an act of a person or of the node itself: who, for what, on whose record. */
export function audited(
  act: AuditEntry['act'],
  { actor, via, purpose, reference }: Caller,
  detail: Detail = {},
): Audited {
  const { object = null } = detail
  return {
    act,
    outcome: detail.outcome ?? 'permitted',
    actor: { member: actor.member.id, person: actor.person?.id ?? null, role: actor.person?.roles[0] ?? null, via },
    purpose: purpose ?? null,
    reference: reference ?? null,
    object:
      object === null
        ? null
        : { type: object.type, id: object.id, ...(object.version === undefined ? {} : { version: object.version }) },
    owner: object?.owner ?? null,
    recipient: detail.recipient ?? null,
    rule: detail.rule ?? null,
    reason: detail.reason ?? null,
    details: detail.details ?? {},
  }
}
