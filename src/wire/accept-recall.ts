import type { Change } from '#store/change'
import type { ContentOf } from '#wire/content'
import { fault } from '#wire/faults'
import type { Receivers, Receiving } from '#wire/receiver'

/**
 * The owner takes a record back, suspends it or lifts a suspension (protocol point 7). A withdrawal erases the record and
 * everything here that repeats it, in the transaction that keeps the receipt.
 */
export async function acceptRecall(
  content: ContentOf<'recall'>,
  { store, identity, envelope }: Receiving,
  receivers: Receivers,
): Promise<Change> {
  const row = await store.db
    .selectFrom('records')
    .select(['owner', 'state', 'type', 'version'])
    .where('id', '=', content.id)
    .executeTakeFirst()
  if (row !== undefined && row.owner !== envelope.from) {
    throw fault('record/refused', 'Only the owner can recall a record.', { rule: 'protocol point 7' })
  }
  const withdrawn = content.state === 'withdrawn'
  const held = row !== undefined && row.state !== 'erased'
  return {
    states: held ? [{ id: content.id, state: withdrawn ? 'erased' : content.state }] : [],
    rows: held && withdrawn ? receivers.forget(content.id) : [],
    audit: [
      {
        act: withdrawn ? 'erase' : 'change',
        outcome: 'permitted',
        actor: { member: envelope.from, via: 'peer' },
        purpose: envelope.purpose,
        reference: null,
        object: { type: row?.type ?? 'record', id: content.id, ...(row === undefined ? {} : { version: row.version }) },
        owner: envelope.from,
        recipient: identity.me,
        rule: 'protocol point 7',
        reason: content.reason,
        details: { state: content.state, held },
      },
    ],
  }
}

/** A holder read, or passed on, a record of ours: the delivery ledger keeps it. A copy of what is withdrawn is called back. */
export async function acceptHolderNotice(
  content: ContentOf<'read'> | ContentOf<'onward'>,
  { store, envelope, identity }: Receiving,
): Promise<Change> {
  const row = await store.db
    .selectFrom('records')
    .select(['owner', 'state', 'type', 'version'])
    .where('id', '=', content.id)
    .executeTakeFirst()
  if (row === undefined || row.owner !== identity.me)
    throw fault('record/not-held', 'This node does not own such a record.')
  const onward = content.kind === 'onward'
  const member = onward ? content.to : envelope.from
  // A false holder would be sent recalls, and this node itself as a holder would be asked to erase what it owns.
  const possible = member !== identity.me && identity.directory().members.some((it) => it.id === member)
  if (!possible || content.version > row.version)
    throw fault('record/refused', 'No other member can hold this version.', { rule: 'protocol point 7' })
  const recall = onward && row.state === 'withdrawn'
  return {
    holdings: [
      {
        record: content.id,
        member,
        version: content.version,
        state: onward ? 'held' : 'read',
        via: onward ? envelope.from : null,
      },
    ],
    send: recall
      ? [
          {
            to: member,
            purpose: envelope.purpose,
            content: {
              kind: 'recall',
              id: content.id,
              state: 'withdrawn',
              reason: 'Withdrawn before the onward copy was reported.',
            },
          },
        ]
      : [],
    audit: [
      {
        act: onward ? 'disclose' : 'view',
        outcome: 'permitted',
        actor: { member: envelope.from, via: 'peer' },
        purpose: envelope.purpose,
        reference: null,
        object: { type: row.type, id: content.id, version: content.version },
        owner: identity.me,
        recipient: member,
        rule: null,
        reason: null,
        details: {},
      },
    ],
  }
}
