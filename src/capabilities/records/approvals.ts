import type { Acted, Approval, Asked } from '#capabilities/records/approval'
import { fault as recordFault, type Work } from '#capabilities/records/rules'
import type { Json } from '#kernel/canonical'
import { defineFaults, isFault } from '#kernel/fault'
import { newId } from '#kernel/ids'
import { type FourEyesRule, waitsUntil } from '#policy/four-eyes'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'

/** The second person: who asks, what waits, who decides, and that nothing else has changed in between. */

export const fault = defineFaults({
  'approvals/unknown': 'missing',
  'approvals/same-person': 'forbidden',
  'approvals/not-supervisor': 'forbidden',
  'approvals/decided': 'conflict',
  'approvals/expired': 'conflict',
  'approvals/not-decided': 'conflict',
})

interface Waiting {
  readonly asked: Asked
  readonly rules: readonly FourEyesRule[]
  readonly recipients: readonly string[]
  readonly reason: string | undefined
}

/** Keeps what was asked for until a second person has decided. Throws `records/reason-missing`. */
export function waitForSecond(
  record: Pick<RecordView<object>, 'id' | 'type' | 'version' | 'owner'>,
  { asked, rules, recipients, reason }: Waiting,
  { caller, name, now }: Pick<Work, 'caller' | 'now'> & { readonly name: string },
): { change: Change; id: string; expiresAt: string } {
  const names = rules.map((it) => it.id)
  if (reason === undefined)
    throw recordFault('records/reason-missing', 'A second person decides on this: say why it is needed.', {
      rule: names.join(', '),
      details: { rules: rules.map((it) => it.text) },
    })
  const id = newId('apr', now.getTime())
  const expiresAt = waitsUntil(rules, now)
  return {
    id,
    expiresAt,
    change: {
      rows: [
        {
          op: 'insert',
          table: 'approvals',
          values: {
            id,
            record: record.id,
            version: record.version,
            asked: asked as unknown as Json,
            recipients: [...recipients],
            rules: names,
            reason,
            asker: { ...acted(caller, name) },
            purpose: caller.purpose ?? null,
            reference: caller.reference ?? null,
            asked_at: now,
            expires_at: expiresAt,
            state: 'waiting',
          },
        },
      ],
      touched: [{ type: 'approval', id }],
      audit: [
        audited('grant', caller, {
          object: record,
          reason,
          rule: names.join(', '),
          details: { approval: id, step: 'asked', asksTo: asked.act },
        }),
      ],
    },
  }
}

export interface SecondDecision {
  readonly decision: 'approve' | 'refuse'
  readonly reason: string
}

interface Deciding {
  readonly caller: Caller
  readonly name: string
  readonly now: Date
  /** The record as the one who asked may see it now; absent when they no longer may, or it is gone. */
  readonly record: RecordView<object> | undefined
  /** Does what was asked for, as the one who asked, with every check made again. */
  readonly carryOut: (record: RecordView<object>) => { readonly change: Change; readonly recipients: readonly string[] }
}

export interface Decided {
  readonly state: 'approved' | 'refused' | 'returned'
  /** Why it went back, when it did. */
  readonly because: { readonly rule: string; readonly text: string } | null
  readonly change: Change
}

/**
 * The second person decides. On a yes the act is done as asked and only so: another version, another recipient or a rule that
 * refuses by now sends it back to the one who asked. Throws `approvals/*`.
 */
export function decideApproval(approval: Approval, { decision, reason }: SecondDecision, work: Deciding): Decided {
  checkSecond(approval, work)
  if (decision === 'refuse')
    return { state: 'refused', because: null, change: settled(approval, 'refused', { ...work, reason }) }
  const done = carryOutAgain(approval, work)
  if ('because' in done) {
    const { because } = done
    const said = { ...work, reason: `${reason} · ${because.text}`, rule: because.rule }
    return { state: 'returned', because, change: settled(approval, 'returned', said) }
  }
  const own = settled(approval, 'approved', { ...work, reason })
  return { state: 'approved', because: null, change: joined(approval, done.change, { own, by: work.caller }) }
}

/** Throws unless this person may decide, and there is still something to decide. */
export function checkSecond(
  { asker, state, expiresAt }: Approval,
  { caller, now }: Pick<Deciding, 'caller' | 'now'>,
): void {
  const { person } = caller.actor
  if (person?.id === undefined || person.id === asker.id)
    throw fault('approvals/same-person', 'Whoever asks does not decide: another supervisor has to look at it.', {
      rule: 'four eyes',
    })
  if (!person.roles.includes('supervisor'))
    throw fault('approvals/not-supervisor', 'A supervisor decides on this.', { rule: 'four eyes' })
  if (state === 'expired' || (state === 'waiting' && expiresAt <= now.toISOString()))
    throw fault('approvals/expired', `It waited until ${expiresAt}. Whoever needs it asks again.`, {
      rule: 'four eyes',
    })
  if (state !== 'waiting') throw fault('approvals/decided', 'It was decided before.')
}

interface Because {
  readonly rule: string
  readonly text: string
}

function carryOutAgain(
  { version, recipients: approved }: Approval,
  { record, carryOut }: Deciding,
): { readonly change: Change } | { readonly because: Because } {
  if (record === undefined)
    return { because: { rule: 'four eyes', text: 'Whoever asked may no longer see the record, or it is gone.' } }
  if (record.version !== version)
    return {
      because: {
        rule: 'four eyes',
        text: `Version ${version} was asked for, and version ${record.version} is current: look at it and ask again.`,
      },
    }
  try {
    const { change, recipients } = carryOut(record)
    const more = recipients.filter((it) => !approved.includes(it))
    if (more.length === 0) return { change }
    return { because: { rule: 'four eyes', text: `It would go to ${more.join(', ')} too by now: ask again.` } }
  } catch (cause) {
    // A rule that refuses by now is an answer to the one who asked, and not a failure of the one who decides.
    if (!isFault(cause)) throw cause
    return { because: { rule: cause.rule ?? cause.code, text: cause.message } }
  }
}

function settled(
  approval: Approval,
  state: Decided['state'],
  { caller, name, now, record, reason, rule }: Omit<Deciding, 'carryOut'> & { reason: string; rule?: string },
): Change {
  const { id, version, asker, asked } = approval
  return {
    rows: [
      {
        op: 'update',
        table: 'approvals',
        where: { id, state: 'waiting' },
        values: { state, decider: { ...acted(caller, name) }, decided_at: now, decision: reason },
        expect: 1,
      },
    ],
    touched: [{ type: 'approval', id }],
    audit: [
      audited('grant', caller, {
        object: { type: record?.type ?? 'record', id: approval.record, version, owner: caller.actor.member.id },
        outcome: state === 'approved' ? 'permitted' : 'refused',
        reason,
        rule: rule ?? approval.rules.join(', '),
        details: { approval: id, step: state, asksTo: asked.act, askedBy: asker.id },
      }),
    ],
  }
}

/** What is done and that it was approved are written as one; each disclosure names both persons. */
function joined(approval: Approval, done: Change, { own, by }: { own: Change; by: Caller }): Change {
  const details = { approval: approval.id, askedBy: approval.asker.id, approvedBy: by.actor.person?.id ?? null }
  return {
    ...done,
    rows: [...(done.rows ?? []), ...(own.rows ?? [])],
    touched: [...(done.touched ?? []), ...(own.touched ?? [])],
    audit: [
      ...done.audit.map((it) => ({
        ...it,
        rule: it.rule ?? approval.rules.join(', '),
        details: { ...it.details, ...details },
      })),
      ...own.audit,
    ],
  }
}

/** The one who asked has taken note of how it ended, and it leaves their queue. */
export function noted({ id, asker, state }: Approval, caller: Caller): Change {
  if (asker.id !== caller.actor.person?.id) throw fault('approvals/unknown', 'There is no such request of yours.')
  if (state === 'waiting') throw fault('approvals/not-decided', 'Nobody has decided on it yet.')
  return {
    rows: [{ op: 'update', table: 'approvals', where: { id }, values: { seen: true } }],
    touched: [{ type: 'approval', id }],
    audit: [],
  }
}

/** Asks as the one who asked would now: their roles as they were, our member as the directory has it. */
export function askerOf({ asker, purpose, reference }: Approval, { actor }: Caller): Caller {
  return {
    actor: { member: actor.member, person: { id: asker.id, roles: asker.roles } },
    via: asker.via,
    purpose: purpose ?? undefined,
    reference: reference ?? undefined,
  }
}

function acted({ actor, via }: Caller, name: string): Acted {
  return { id: actor.person?.id ?? 'nobody', name, roles: [...(actor.person?.roles ?? [])], via }
}
