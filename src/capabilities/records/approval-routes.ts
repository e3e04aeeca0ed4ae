import { z } from 'zod'
import { type Approval, ApprovalId, Asked, approvalStates } from '#capabilities/records/approval'
import { knowsOfApproval, readApproval, readApprovals } from '#capabilities/records/approval-store'
import { askerOf, decideApproval, fault, noted } from '#capabilities/records/approvals'
import { decidePermission } from '#capabilities/records/permissions'
import { previewFor } from '#capabilities/records/preview'
import { type PermissionRequest, requestKind } from '#capabilities/records/record'
import { AskingRule, askingRules, PreviewReply } from '#capabilities/records/replies'
import { planShare, fault as recordFault, shareRecord } from '#capabilities/records/rules'
import { readSharing } from '#capabilities/records/sharing'
import { readPermissionRequest } from '#capabilities/records/store'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { foundOf } from '#http/shapes'
import { fourEyesRules } from '#policy/four-eyes'
import type { Change } from '#store/change'
import { type Caller, openReader, type Reader, type RecordView } from '#store/reader'

const readers = ['officer', 'supervisor', 'legal'] as const

const ApprovalParams = z.object({ id: ApprovalId })
const Person = z.object({ id: z.string(), name: z.string() })
const ApprovalItem = z.object({
  id: z.string(),
  act: z.enum(['share', 'grant']),
  record: z.object({ id: z.string(), type: z.string(), caption: z.string(), version: z.number() }),
  /** The version that was asked for. */
  version: z.number(),
  recipients: z.array(z.string()),
  rules: z.array(AskingRule),
  reason: z.string(),
  asker: Person,
  mine: z.boolean(),
  askedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(approvalStates),
  decider: Person.nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
  /** Whether whoever asked has taken note of how it ended. */
  seen: z.boolean(),
})

function itemOf(approval: Approval, record: RecordView<object>, { actor }: Caller): z.infer<typeof ApprovalItem> {
  const { id, version, recipients, reason, asker, askedAt, expiresAt, state, decider, decidedAt, decision } = approval
  const person = (it: { readonly id: string; readonly name: string }) => ({ id: it.id, name: it.name })
  return {
    ...{ id, version, reason, askedAt, expiresAt, state, decidedAt, decision, seen: approval.seen },
    act: approval.asked.act,
    record: { id: record.id, type: record.type, caption: record.caption, version: record.version },
    recipients: [...recipients],
    rules: askingRules(fourEyesRules.filter((it) => approval.rules.includes(it.id))),
    asker: person(asker),
    mine: asker.id === actor.person?.id,
    decider: decider === null ? null : person(decider),
  }
}

/** Supervisors see all of them; the others what they asked for themselves. */
async function readVisible(id: string, reader: Reader) {
  const approval = (await knowsOfApproval(id, reader)) ? await readApproval(reader.store, id) : undefined
  const record = approval && (await reader.record(approval.record))
  if (approval === undefined || record === undefined)
    throw fault('approvals/unknown', 'There is nothing of this number that waits for a second person.')
  return { approval, record }
}

export const approvals = operation({
  id: 'approvals.list',
  method: 'get',
  path: '/approvals',
  summary: 'What waits for a second person, or was decided: all of it for a supervisor, their own for the others',
  access: { roles: readers, scope: 'read' },
  query: z.object({
    state: z.enum(approvalStates).optional(),
    /** Only what this person asked for. */
    mine: z.stringbool().optional(),
  }),
  reply: z.object({ items: z.array(ApprovalItem) }),
  command: { words: 'approvals list', columns: ['id', 'act', 'state', 'askedAt', 'expiresAt', 'reason'] },
  handle: async ({ query: { state, mine }, caller, reader, services }) => {
    const { person } = caller.actor
    const all = person?.roles.includes('supervisor') === true && mine !== true
    const rows = await readApprovals(services.store, { state, asker: all ? undefined : (person?.id ?? 'nobody') })
    const items = await Promise.all(
      rows.map(async (it) => {
        const record = await reader.record(it.record)
        return record === undefined ? [] : [itemOf(it, record, caller)]
      }),
    )
    return { items: items.flat() }
  },
})

export const approval = operation({
  id: 'approvals.show',
  method: 'get',
  path: '/approvals/{id}',
  summary: 'What waits for a second person, with what each recipient would see',
  access: { roles: readers, scope: 'read' },
  params: ApprovalParams,
  reply: ApprovalItem.extend({ asked: Asked, preview: z.array(PreviewReply) }),
  command: { words: 'approvals show', positional: ['id'] },
  handle: async ({ params, caller, reader, services }) => {
    const { approval, record } = await readVisible(params.id, reader)
    const { asked } = approval
    const preview = asked.act === 'share' ? await previewOf(approval, asked, { record, caller, services }) : []
    return { ...itemOf(approval, record, caller), asked, preview }
  },
})

/** What each would see, decided as for the one who asked; of marks only those that whoever looks may see too. */
async function previewOf(
  approval: Approval,
  asked: Extract<Asked, { act: 'share' }>,
  { record, caller, services }: { record: RecordView<object>; caller: Caller; services: Services },
) {
  const reader = openReader(services.store, askerOf(approval, caller))
  const theirs = await reader.record(approval.record)
  if (theirs === undefined) return []
  const work = await readSharing(theirs, { reader, services })
  const { audience, marks } = planShare(theirs, asked, work)
  const known = Object.entries(marks).filter(
    ([it]) => Object.hasOwn(record.marks, it) || Object.hasOwn(asked.marks, it),
  )
  const plan = { audience, marks: Object.fromEntries(known) }
  return approval.recipients.map((member) => previewFor(theirs, { member, plan }, work))
}

export const decideOnApproval = operation({
  id: 'approvals.decide',
  method: 'post',
  path: '/approvals/{id}/decision',
  summary: 'Approve or refuse, as the second person, what somebody else asked for; every check is made again first',
  access: { roles: ['supervisor'], scope: 'write' },
  params: ApprovalParams,
  body: z.object({ decision: z.enum(['approve', 'refuse']), reason: z.string().trim().min(3).max(1_000) }),
  reply: z.object({
    id: z.string(),
    /** `returned`: it is not as it was when it was asked for, so it goes back to the one who asked. */
    state: z.enum(['approved', 'refused', 'returned']),
    because: z.object({ rule: z.string(), text: z.string() }).nullable(),
  }),
  command: { words: 'approvals decide', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, signedIn, commit }) => {
    const { approval } = await readVisible(params.id, reader)
    const asker = openReader(services.store, askerOf(approval, caller))
    const record = await asker.record(approval.record)
    const { state, because, change } = decideApproval(approval, body, {
      caller,
      name: signedIn?.person.name ?? '',
      now: services.store.clock.now(),
      record,
      carryOut: await carrierOf(approval.asked, { record, reader: asker, services }),
    })
    return commit(change, { id: approval.id, state, because })
  },
})

type CarryOut = Parameters<typeof decideApproval>[2]['carryOut']

/** Everything that doing it needs, read anew as the one who asked. */
async function carrierOf(
  asked: Asked,
  { record, reader, services }: { record: RecordView<object> | undefined; reader: Reader; services: Services },
): Promise<CarryOut> {
  if (record === undefined) return nothing
  if (asked.act === 'share') {
    const work = await readSharing(record, { reader, services })
    return (it) => shareRecord(it, asked, work)
  }
  const request = foundOf(requestKind, await reader.record<PermissionRequest>(asked.request))
  const row = await readPermissionRequest(services.store, request.id)
  const work = {
    caller: reader.caller,
    now: services.store.clock.now(),
    directory: services.directories.current(),
  }
  return (it) => {
    if (row?.state !== 'open')
      throw recordFault('records/already-answered', 'The request was answered meanwhile.', { rule: 'protocol point 8' })
    const { change } = decidePermission(
      request,
      it,
      { decision: 'grant', days: asked.days, reason: asked.reason },
      work,
    )
    return { change, recipients: asked.permits === 'onward' ? request.body.recipients : [request.owner] }
  }
}

const nothing = (): { change: Change; recipients: readonly string[] } => ({ change: { audit: [] }, recipients: [] })

export const noteApproval = operation({
  id: 'approvals.note',
  method: 'post',
  path: '/approvals/{id}/noted',
  summary: 'Say that how a request of ours ended was taken note of: it leaves the queue',
  access: { roles: readers, scope: 'write' },
  params: ApprovalParams,
  reply: z.object({ id: z.string() }),
  command: { words: 'approvals note', positional: ['id'] },
  handle: async ({ params, caller, reader, commit }) => {
    const { approval } = await readVisible(params.id, reader)
    return commit(noted(approval, caller), { id: approval.id })
  },
})
