import { fault, headerOf, type ListSource } from '#capabilities/lists/rules'
import { newId, type RecordId } from '#kernel/ids'
import { type FourEyesRule, rulesAsking, waitsUntil } from '#policy/four-eyes'
import type { Role } from '#policy/roles'
import { type Directory, partyOf } from '#protocol/directory'
import { type Audience, inAudience, type Purpose } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch } from '#store/change'
import type { Caller } from '#store/reader'

/** Sharing a whole list, by one person or, where a rule of `policy/four-eyes.json` asks for it, by two. */

export interface ListShare {
  readonly id: string
  readonly list: string
  readonly audience: Audience
  /** As the directory stood when it was asked for. */
  readonly recipients: readonly string[]
  /** The import that was asked for: another one is another question. */
  readonly importedAt: string
  readonly rules: readonly string[]
  readonly reason: string
  readonly asker: { readonly id: string; readonly name: string; readonly roles: readonly Role[] }
  readonly purpose: Purpose | null
  readonly reference: string | null
  readonly askedAt: string
  readonly expiresAt: string
  readonly state: 'waiting' | 'approved' | 'refused' | 'returned' | 'expired'
}

export interface SharedEntry {
  readonly record: RecordId
  readonly version: number
  readonly birthDate: readonly string[]
}

export interface Sharing {
  readonly source: ListSource
  readonly entries: readonly SharedEntry[]
  readonly importedAt: string
  readonly directory: Directory
  readonly caller: Caller
  readonly now: Date
}

export function recipientsOf(audience: Audience, directory: Directory, me: string): string[] {
  return directory.members
    .map((it) => it.id)
    .filter((it) => it !== me && inAudience(audience, partyOf(directory, it)) !== false)
}

/** The rules that ask for a second person before all of a list goes to these. */
export function rulesForList(audience: Audience, { source, entries, directory, caller, now }: Sharing): FourEyesRule[] {
  return rulesAsking({
    act: 'share',
    handling: headerOf(source, now),
    body: { entries: entries.map(({ birthDate }) => ({ birthDate })) },
    audience,
    marks: {},
    since: [],
    directory,
    owner: caller.actor.member.id,
    now,
  })
}

/** Every entry to each, and the members kept, so that later imports go there too. */
export function shareList(
  recipients: readonly string[],
  { source, entries, caller }: Sharing,
  details: Readonly<Record<string, string | null>> = {},
): Change {
  return {
    rows: recipients.map((member) => ({
      op: 'insert',
      table: 'list_shares',
      values: { list: source.id, member },
      orIgnore: true,
    })),
    send: recipients.flatMap((to) =>
      entries.map(
        (it): Dispatch => ({
          to,
          purpose: 'sanctions-implementation',
          content: { kind: 'record', id: it.record, version: it.version },
        }),
      ),
    ),
    audit: recipients.map((recipient) =>
      audited('disclose', caller, {
        object: { type: 'list', id: source.id },
        recipient,
        details: { entries: entries.length, ...details },
      }),
    ),
  }
}

const touched = (id: string) => [{ type: 'list-share', id }]

/** Keeps what was asked for until a second person has decided. Throws `lists/reason-missing`. */
export function askToShare(
  {
    audience,
    recipients,
    reason,
    name,
  }: Pick<ListShare, 'audience' | 'recipients'> & {
    readonly reason: string | undefined
    readonly name: string
  },
  rules: readonly FourEyesRule[],
  { source, importedAt, caller, now }: Sharing,
): { change: Change; id: string; expiresAt: string } {
  const names = rules.map((it) => it.id)
  if (reason === undefined)
    throw fault('lists/reason-missing', 'A second person decides on this: say why it is needed.', {
      rule: names.join(', '),
      details: { rules: rules.map(({ id, text, source, verified }) => ({ id, text, source, verified })) },
    })
  const id = newId('lsr', now.getTime())
  const expiresAt = waitsUntil(rules, now)
  const { person } = caller.actor
  return {
    id,
    expiresAt,
    change: {
      rows: [
        {
          op: 'insert',
          table: 'list_share_requests',
          values: {
            id,
            list: source.id,
            audience: JSON.stringify(audience),
            recipients: JSON.stringify(recipients),
            imported_at: importedAt,
            rules: JSON.stringify(names),
            reason,
            asker: JSON.stringify({ id: person?.id ?? 'nobody', name, roles: person?.roles ?? [] }),
            purpose: caller.purpose ?? null,
            reference: caller.reference ?? null,
            asked_at: now,
            expires_at: expiresAt,
            state: 'waiting',
          },
        },
      ],
      touched: touched(id),
      audit: [
        audited('grant', caller, {
          object: { type: 'list', id: source.id },
          reason,
          rule: names.join(', '),
          details: { request: id, step: 'asked', asksTo: 'share' },
        }),
      ],
    },
  }
}

/** Throws `lists/*` unless this person may decide, and there is still something to decide. */
export function checkSecond({ asker, state }: ListShare, { actor }: Caller): void {
  const { person } = actor
  if (person?.id === undefined || person.id === asker.id)
    throw fault('lists/same-person', 'Whoever asks does not decide: another supervisor has to look at it.', {
      rule: 'four eyes',
    })
  if (state === 'expired') throw fault('lists/share-expired', 'It waited too long. Whoever needs it asks again.')
  if (state !== 'waiting') throw fault('lists/share-decided', 'It was decided before.')
}

/**
 * The second person decides. On a yes it is done as asked and only so: another import, another recipient or another rule sends
 * it back to the one who asked.
 */
export function decideShare(
  request: ListShare,
  { decision, reason }: { decision: 'approve' | 'refuse'; reason: string },
  sharing: Sharing,
): { state: 'approved' | 'refused' | 'returned'; change: Change } {
  checkSecond(request, sharing.caller)
  const { id, list, asker, audience } = request
  const recipients = recipientsOf(audience, sharing.directory, sharing.caller.actor.member.id)
  const rules = rulesForList(audience, sharing).map((it) => it.id)
  const same =
    sharing.importedAt === request.importedAt &&
    recipients.every((it) => request.recipients.includes(it)) &&
    rules.every((it) => request.rules.includes(it))
  const state = decision === 'refuse' ? 'refused' : same ? 'approved' : 'returned'
  const done: Change =
    state === 'approved'
      ? shareList(recipients, sharing, { request: id, askedBy: asker.id, approvedBy: sharing.caller.actor.person!.id })
      : { audit: [] }
  return {
    state,
    change: {
      ...done,
      rows: [
        ...(done.rows ?? []),
        {
          op: 'update',
          table: 'list_share_requests',
          where: { id, state: 'waiting' },
          values: {
            state,
            decider: sharing.caller.actor.person?.id ?? null,
            decided_at: sharing.now,
            decision: reason,
          },
          expect: 1,
        },
      ],
      touched: touched(id),
      audit: [
        ...done.audit,
        audited('grant', sharing.caller, {
          object: { type: 'list', id: list },
          outcome: state === 'approved' ? 'permitted' : 'refused',
          reason,
          rule: request.rules.join(', '),
          details: { request: id, step: state, asksTo: 'share', askedBy: asker.id },
        }),
      ],
    },
  }
}
