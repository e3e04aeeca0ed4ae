import { refuseUnless, type Work } from '#capabilities/records/rules'
import { type Act, decide, type Grant } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { effective } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

type HeldGrant = Grant & { readonly record: string }

/** Passes a record of another on to a third member, as the owner's grant or the onward rule allows, and tells the owner. */
export function passOn(
  record: RecordView<object>,
  to: string,
  work: Work & { grants: readonly HeldGrant[]; grantIds: ReadonlyMap<HeldGrant, `rec_${string}`> },
): Change {
  const { caller, now, directory, grants, grantIds } = work
  const purpose = purposeOf(record.handling, caller.purpose)
  const recipient = partyOf(directory, to)
  const act: Act = 'onward'
  const subject = {
    owner: record.owner,
    state: record.state,
    readers: record.readers,
    handling: effective(record.handling),
  }
  refuseUnless(decide(caller.actor, act, subject, { now, purpose, recipient, grants }))
  const used = grants.find(
    (it) =>
      it.permits === 'onward' &&
      it.holder === caller.actor.member.id &&
      it.recipients.includes(to) &&
      it.purposes.includes(purpose) &&
      it.expiresAt > now.toISOString(),
  )
  const grant = used === undefined ? undefined : grantIds.get(used)
  const { id, version } = record
  return {
    send: [
      {
        to,
        purpose,
        content: grant === undefined ? { kind: 'record', id, version } : { kind: 'record', id, version, grant },
      },
      { to: record.owner, purpose, content: { kind: 'onward', id, version, to } },
    ],
    audit: [audited('disclose', caller, { object: record, recipient: to, rule: 'protocol point 8' })],
  }
}
