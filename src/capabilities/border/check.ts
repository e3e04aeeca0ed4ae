import { z } from 'zod'
import { matchStrengths } from '#capabilities/border/judge'
import type { Looked, Met } from '#capabilities/border/look-up'
import { ReadZone } from '#capabilities/border/mrz-reading'
import { Presented } from '#capabilities/border/presented'
import { actionClasses } from '#http/travellers'
import type { Role } from '#policy/roles'

/** What the desk is told of one traveller. One form for everybody: what may not show is not in it, and nothing says so. */

const Step = z.enum([...actionClasses, 'compare', 'second-line'])

export const MetAlert = z.object({
  alert: z.string(),
  owner: z.string(),
  type: z.string(),
  caption: z.string(),
  strength: z.enum(matchStrengths),
  /** What to do now, and what is permitted once it is the same person: null where a name alone agrees. */
  now: Step,
  permitted: z.enum(actionClasses).nullable(),
  loweredBy: z.string().nullable(),
  discreet: z.boolean(),
  /** Names of the fields of the return form that the owner wants to hear of. */
  sought: z.array(z.string()),
  lines: z.array(
    z.object({
      feature: z.string(),
      verdict: z.enum(['agrees', 'differs']),
      presented: z.string(),
      alert: z.string().nullable(),
    }),
  ),
  /** The candidate to decide on; null at the counter, which decides on none. */
  candidate: z.string().nullable(),
})
export type MetAlert = z.infer<typeof MetAlert>

export const deskStates = ['nothing', 'inspect', 'document', 'alert'] as const

export const CheckReply = z.object({
  id: z.string(),
  at: z.string(),
  desk: z.string(),
  /** The gravest of what was found; `inspect`: the document itself gives a reason to look at it. */
  state: z.enum(deskStates),
  presented: Presented,
  zone: ReadZone.nullable(),
  documents: z.array(
    z.object({
      number: z.string(),
      kind: z.string().nullable(),
      issuer: z.string().nullable(),
      issuerCode: z.string().nullable(),
      expiry: z.string().nullable(),
      expired: z.boolean(),
      /** What issuers declared of it. The owner of each is asked before anybody acts. */
      declared: z.array(
        z.object({
          issuer: z.string(),
          kind: z.string(),
          status: z.string(),
          owner: z.string(),
          declaredAt: z.string(),
        }),
      ),
    }),
  ),
  alerts: z.array(MetAlert),
  /** Alerts that redress sets aside for this document. For the second line. */
  setAside: z.array(z.object({ alert: z.string(), number: z.string(), until: z.string() })),
})
export type CheckReply = z.infer<typeof CheckReply>

export interface Shown {
  readonly id: string
  readonly at: Date
  readonly desk: string
  readonly zone: ReadZone | null
  readonly roles: readonly Role[]
  /** The id of the candidate for each alert that was met, in their order. */
  readonly candidates: readonly string[]
}

/** Behind the counter stands the second line, which sees what the traveller must not notice. */
export function isSecondLine(roles: readonly Role[]): boolean {
  return roles.includes('officer') || roles.includes('supervisor')
}

/** The reply to a desk. At the counter it is, but for id and time, that of a traveller whom no discreet alert fits. */
export function replyTo(
  { presented, declared, met }: Looked,
  { id, at, desk, zone, roles, candidates }: Shown,
): CheckReply {
  const second = isSecondLine(roles)
  const alerts = met.flatMap((it, index) => {
    const shows = it.visible && it.setAside === undefined && (second || !it.discreet)
    return shows ? [metAlert(it, second ? (candidates[index] ?? null) : null)] : []
  })
  const today = at.toISOString().slice(0, 10)
  const documents = declared.map(({ document, declarations }) => ({
    ...document,
    expired: document.expiry !== null && document.expiry < today.slice(0, document.expiry.length),
    declared: declarations.map(({ issuer, kind, status, owner, declaredAt }) => ({
      issuer,
      kind,
      status,
      owner,
      declaredAt,
    })),
  }))
  return {
    id,
    at: at.toISOString(),
    desk,
    state: stateOf({ alerts, documents, zone }),
    presented,
    zone,
    documents,
    alerts,
    setAside: second
      ? met.flatMap(({ visible, alert, setAside }) =>
          visible && setAside !== undefined
            ? [{ alert: alert.id, number: setAside.number, until: setAside.expires_at.toISOString() }]
            : [],
        )
      : [],
  }
}

function metAlert({ alert, strength, discreet, instruction, lines }: Met, candidate: string | null): MetAlert {
  const { id, owner, type, caption, loweredBy, sought } = alert
  return {
    alert: id,
    owner,
    type,
    caption,
    strength,
    now: instruction.now,
    permitted: instruction.permitted,
    loweredBy: strength === 'name' ? null : loweredBy,
    discreet,
    sought: [...sought],
    lines: lines.map((it) => ({ ...it })),
    candidate,
  }
}

function stateOf({ alerts, documents, zone }: Pick<CheckReply, 'alerts' | 'documents' | 'zone'>): CheckReply['state'] {
  if (alerts.length > 0) return 'alert'
  if (documents.some((it) => it.declared.length > 0)) return 'document'
  const odd = zone !== null && (!zone.checksAgree || zone.specimen)
  return odd || documents.some((it) => it.expired) ? 'inspect' : 'nothing'
}
