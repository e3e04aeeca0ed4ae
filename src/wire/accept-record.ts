import { z } from 'zod'
import { decide } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { fault as protocolFault } from '#protocol/faults'
import { grantOf } from '#protocol/grant'
import { effective, handlingAt } from '#protocol/handling'
import {
  type HeldRecord,
  joinDisclosures,
  openRecord,
  recordHash,
  type SignedRecord,
  verifyRecord,
} from '#protocol/record'
import { captionFor, isReadableWithout, narrowsHere } from '#protocol/record-kind'
import type { Verified } from '#protocol/verified'
import type { Change, RecordPut } from '#store/change'
import { readVersion } from '#store/stored-version'
import type { ContentOf } from '#wire/content'
import { fault } from '#wire/faults'
import type { Receivers, Receiving } from '#wire/receiver'

/**
 * The recipient's side of handling, before anyone sees the record: owner's signature, a known type and form, the right of
 * the sender to send it, and policy. Then the capability may add what follows from it. A version that is held already, because
 * another holder passed it on too, only adds the fields that came with it.
 */
export async function acceptRecord(
  content: ContentOf<'record'>,
  receiving: Receiving,
  receivers: Receivers,
): Promise<Change> {
  const { store, identity, envelope } = receiving
  const verifying = { directory: identity.directory(), now: store.clock.now() }
  const came = await verifyRecord(content.record, verifying)
  const grant = content.grant === undefined ? undefined : await verifyRecord(content.grant, verifying)
  const held = openRecord(came)
  const put = readPut(came, held, receivers)
  const granted = grant === undefined ? undefined : readGrant(held, grant, receivers)
  checkSender(held, granted, receiving)
  const hash = recordHash(came)
  const known = await readVersion(store, { id: held.id, version: held.version, hash })
  const joined = known?.isNewest ? joinDisclosures(known.record, came) : undefined
  const added = known === undefined ? await receivers.record(held.type)?.(held, { ...receiving, hash }) : undefined
  const records: RecordPut[] = []
  if (known === undefined) records.push({ ...put, from: envelope.from })
  else if (joined !== undefined)
    records.push({ ...readPut(joined, openRecord(joined), receivers), from: envelope.from })
  if (granted !== undefined && !(await isHeld(store, granted.put.record)))
    records.push({ ...granted.put, from: envelope.from })
  return {
    ...added,
    records: [...records, ...(added?.records ?? [])],
    audit: [
      {
        act: 'receive',
        outcome: 'permitted',
        actor: { member: envelope.from, via: 'peer' },
        purpose: envelope.purpose,
        reference: null,
        object: { type: held.type, id: held.id, version: held.version },
        owner: held.owner,
        recipient: identity.me,
        rule: null,
        reason: null,
        details: {},
      },
      ...(added?.audit ?? []),
    ],
  }
}

interface Put extends RecordPut {
  readonly record: Verified<SignedRecord>
}

function readPut(record: Verified<SignedRecord>, held: HeldRecord, receivers: Receivers): Put {
  const kind = receivers.kind(held.type)
  if (kind === undefined) throw protocolFault('record/unknown-type', `This node knows no record of type ${held.type}.`)
  if (held.schema !== kind.schema)
    throw protocolFault(
      'record/unknown-schema',
      `Form ${held.schema} of ${held.type} is not known here; ${kind.schema} is.`,
    )
  const body = kind.Body.safeParse(held.body)
  if (!body.success) {
    throw protocolFault('record/malformed', `The body is not that of a ${held.type}.`, {
      details: { issues: z.treeifyError(body.error) },
    })
  }
  const narrow = Object.keys(held.marks).filter((it) => narrowsHere(held.marks[it]!))
  if (narrow.length === 0) return { record, caption: kind.caption(body.data) }
  if (!isReadableWithout(kind, held.body, narrow))
    throw protocolFault('record/malformed', `Without its marked fields the body is not that of a ${held.type}.`)
  return { record, caption: captionFor(kind, held.body, held.marks) }
}

/** The owner may send its own; anyone else needs the owner's grant, or an onward rule that lets the audience have it. */
function checkSender(
  held: HeldRecord,
  granted: ReturnType<typeof readGrant> | undefined,
  { store, identity, envelope }: Receiving,
): void {
  const directory = identity.directory()
  const me = partyOf(directory, identity.me)
  const subject = { owner: held.owner, handling: effective(held.handling), state: 'active' as const }
  const grants = granted === undefined ? [] : [granted.grant]
  const circumstances = { now: store.clock.now(), purpose: envelope.purpose, grants }
  const receipt = decide({ member: me }, 'receive', subject, { ...circumstances, recipient: me })
  if (!receipt.permit) throw fault('record/refused', receipt.because[0]!.text, { rule: receipt.because[0]!.rule })
  for (const pointer of Object.keys(held.marks)) {
    const marked = { ...subject, handling: handlingAt(held, pointer) }
    const field = decide({ member: me }, 'receive', marked, { ...circumstances, recipient: me })
    if (!field.permit)
      throw fault('record/refused', 'A field came along that its mark keeps from this member.', {
        rule: field.because[0]!.rule,
      })
  }
  if (envelope.from === held.owner) return
  const onward = decide({ member: partyOf(directory, envelope.from) }, 'onward', subject, {
    ...circumstances,
    recipient: me,
  })
  if (!onward.permit) throw fault('record/refused', onward.because[0]!.text, { rule: onward.because[0]!.rule })
}

function readGrant(held: HeldRecord, grant: Verified<SignedRecord>, receivers: Receivers) {
  const opened = openRecord(grant)
  const { about } = opened.body
  if (opened.type !== 'grant' || opened.owner !== held.owner || about !== held.id || opened.id === held.id) {
    throw fault('record/refused', 'The grant that came along is not one of the owner for this record.', {
      rule: 'protocol point 8',
    })
  }
  return { put: readPut(grant, opened, receivers), grant: grantOf(opened.body) }
}

async function isHeld(store: Receiving['store'], record: SignedRecord): Promise<boolean> {
  const row = await store.db.selectFrom('records').select('version').where('id', '=', record.text.id).executeTakeFirst()
  return row !== undefined && row.version >= record.text.version
}
