import { z } from 'zod'
import { visibleCandidates } from '#capabilities/border/candidate-reply'
import { codeOf, toldAnswers, toldCodes, writeAnswer } from '#capabilities/border/carrier-answer'
import { languageFor } from '#capabilities/border/carriers'
import { atDesk } from '#capabilities/border/check-routes'
import { runsOut } from '#capabilities/border/clocks'
import { findDesk } from '#capabilities/border/desks'
import { fault } from '#capabilities/border/faults'
import { deskPurpose, lookUp } from '#capabilities/border/look-up'
import { type Manifest, readManifest } from '#capabilities/border/manifest'
import { candidateIds, matchesOf } from '#capabilities/border/matches'
import { MessageReply, messageReply } from '#capabilities/border/message-reply'
import {
  type KeptList,
  type ListedMessage,
  readAllTold,
  readMessage,
  readMessages,
} from '#capabilities/border/message-store'
import type { Place } from '#capabilities/border/record'
import { asJson, candidateStates, readCandidates } from '#capabilities/border/store'
import { keepPassengers, summarise } from '#capabilities/border/take-message'
import { renderCarrierReport, reportLanguages } from '#formats/travel/carrier-report'
import { operation } from '#http/operation'
import { page, pageOf } from '#http/shapes'
import { newId } from '#kernel/ids'
import { findMember } from '#protocol/directory'
import { audited } from '#store/audited'
import limits from './limits.json' with { type: 'json' }

const officers = ['officer', 'supervisor'] as const
const MessageId = z.string().regex(/^bms_[0-9a-f]{32}$/)

export const take = operation({
  id: 'border.take-message',
  method: 'post',
  path: '/border/messages',
  summary:
    'Hand in a passenger message (PAXLST or PNRGOV): everybody in it is looked up, and what was wrong is reported',
  access: { roles: officers, scope: 'screen' },
  query: z.object({
    desk: z.string().max(40),
    direction: z.enum(['entry', 'exit', 'transit']).default('entry'),
    name: z.string().max(120).default(''),
    answer: z
      .enum(['report', 'cusres'])
      .default('report')
      .describe('cusres: an interactive list, answered passenger by passenger'),
  }),
  reply: MessageReply.extend({
    report: z.string(),
    /** The answer to an interactive list, to be sent back as it is; null when none was asked for. */
    cusres: z.string().nullable(),
  }),
  status: 201,
  upload: true,
  limitBytes: limits.messageBytes.value,
  handle: async ({ query, upload, caller, signedIn, services, commit }) => {
    const { store, identity, directories } = services
    const now = store.clock.now()
    const desk = findDesk(store, query.desk)
    const manifest = await readManifest(await gather(upload), now.toISOString().slice(0, 10))
    if (manifest.passengers.length > limits.passengers.value)
      throw fault(
        'border/too-many-passengers',
        `More than ${limits.passengers.value} passengers. Hand the message in by parts.`,
      )
    const asking = atDesk(caller, desk.id)
    const looked = await lookUp(
      manifest.passengers.map((it) => it.presented),
      { caller: asking, services },
    )
    const kept = keepPassengers(manifest.passengers, looked)
    const id = newId('bms', now.getTime())
    const matches = looked.flatMap((it, at) => matchesOf(it, candidateIds(it, now), kept[at]!.place))
    const where: Place = {
      country: findMember(directories.current(), identity.me).country,
      desk: desk.name,
      code: desk.code,
      direction: query.direction,
      transport: manifest.lists[0]?.legs[0]?.flight.slice(0, 40) || null,
      at: now.toISOString(),
    }
    const met = looked.filter((it) => it.met.some(({ visible, setAside }) => visible && setAside === undefined)).length
    const summary = summarise(manifest, kept, { where, met })
    const lists = query.answer === 'cusres' ? keptLists(manifest) : []
    const row: ListedMessage = {
      id,
      name: query.name,
      kind: manifest.kind,
      desk: desk.id,
      by: signedIn!.person.id,
      summary,
      at: now,
      expires_at: new Date(runsOut('desk.passengers-kept', now)),
      purged_at: null,
    }
    const language = languageFor(store, manifest.senders)
    const report = renderCarrierReport(manifest.report, language)
    return commit(
      {
        rows: [
          {
            op: 'insert',
            table: 'border_messages',
            values: {
              ...row,
              summary: asJson(summary),
              report: { text: report, language },
              passengers: asJson(kept),
              matches: asJson(matches),
              lists: asJson(lists),
            },
          },
        ],
        touched: [{ type: 'border-message', id }],
        audit: [
          audited('search', asking, {
            object: { type: 'border-message', id },
            details: { desk: desk.id, read: kept.length, met: summary.counts.met },
          }),
        ],
      },
      { ...messageReply(row), report, cusres: writeAnswer({ id, lists, passengers: kept, codes: new Map(), now }) },
    )
  },
})

/** Nobody's data: of the people of a list only how many they are. */
function keptLists({ lists }: Manifest): KeptList[] {
  return lists.map(({ people, ...it }) => ({ ...it, count: people.length }))
}

async function gather(upload: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const it of upload) chunks.push(it)
  return Buffer.concat(chunks)
}

export const list = operation({
  id: 'border.messages',
  method: 'get',
  path: '/border/messages',
  summary: 'Passenger messages, newest first, with what came in and what came out',
  access: { roles: officers, scope: 'read' },
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), after: MessageId.optional() }),
  reply: pageOf(MessageReply),
  command: { words: 'border messages', columns: ['id', 'kind', 'carrier', 'counts.read', 'counts.met', 'at'] },
  handle: async ({ query, services }) =>
    page((await readMessages(services.store, query)).map(messageReply), query.limit),
})

export const show = operation({
  id: 'border.show-message',
  method: 'get',
  path: '/border/messages/{id}',
  summary: 'One passenger message: its report, everybody who is still kept, and who may be the subject of an alert',
  access: { roles: officers, scope: 'read' },
  params: z.object({ id: MessageId }),
  reply: MessageReply.extend({
    report: z.string(),
    reportLanguage: z.enum(reportLanguages),
    /** The answer to an interactive list as it is to be sent now, with what was decided since; null when none is. */
    cusres: z.string().nullable(),
    passengers: z.array(
      z.object({
        place: z.number(),
        role: z.string(),
        name: z.string(),
        birthDate: z.string().nullable(),
        document: z.string().nullable(),
        missing: z.array(z.enum(['name', 'birth-date', 'document'])),
        declared: z.array(z.object({ number: z.string(), status: z.string(), owner: z.string() })),
        candidates: z.array(z.object({ id: z.string(), strength: z.string(), state: z.enum(candidateStates) })),
        /** What a person has decided to tell the carrier. */
        told: z.enum(toldAnswers).nullable(),
      }),
    ),
  }),
  command: { words: 'border show-message', positional: ['id'] },
  handle: async ({ params, caller, services, commit }) => {
    const { store } = services
    const row = await readMessage(store, params.id)
    if (row === undefined) throw fault('border/unknown-message', 'There is no such message.')
    const asking = atDesk(caller, row.desk)
    const candidates = await visibleCandidates(
      await readCandidates(store, { source: row.id, limit: limits.passengers.value }),
      {
        caller: asking,
        store,
      },
    )
    const told = await readAllTold(store, row.id)
    const codes = toldCodes(told, services.alerts)
    const cusres = row.purged_at === null ? writeAnswer({ ...row, codes, now: store.clock.now() }) : null
    const of = Map.groupBy(candidates, (it) => it.row.passenger)
    return commit(
      {
        audit: [
          audited('view', { ...asking, purpose: deskPurpose }, { object: { type: 'border-message', id: row.id } }),
        ],
      },
      {
        ...messageReply(row),
        report: row.report.text,
        reportLanguage: row.report.language ?? 'en',
        cusres,
        passengers: row.passengers.map(({ place, role, presented, missing, declared }) => ({
          place,
          role,
          name: presented.names[0] ?? '',
          birthDate: presented.birthDate,
          document: presented.documents[0]?.number ?? null,
          missing: [...missing],
          declared: declared.map((it) => ({ ...it })),
          candidates: (of.get(place) ?? []).map(({ row: { id, strength, state } }) => ({ id, strength, state })),
          told: toldAnswers.find((answer) => codes.get(place) === codeOf(answer)) ?? null,
        })),
      },
    )
  },
})
