import { z } from 'zod'
import { CheckReply, isSecondLine, replyTo } from '#capabilities/border/check'
import { runsOut } from '#capabilities/border/clocks'
import { desksOf, findDesk } from '#capabilities/border/desks'
import { fault } from '#capabilities/border/faults'
import { deskPurpose, lookUp } from '#capabilities/border/look-up'
import { candidateIds, matchesOf } from '#capabilities/border/matches'
import { readZone } from '#capabilities/border/mrz-reading'
import { isEmpty, type Presented } from '#capabilities/border/presented'
import type { Place } from '#capabilities/border/record'
import { asJson, readCheck } from '#capabilities/border/store'
import { operation } from '#http/operation'
import { newId } from '#kernel/ids'
import { findMember } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Caller } from '#store/reader'

const people = ['border', 'officer', 'supervisor'] as const

export const desks = operation({
  id: 'border.desks',
  method: 'get',
  path: '/border/desks',
  summary: 'The desks of this node: airport halls, ports, crossings',
  access: { roles: people, scope: 'screen' },
  reply: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), code: z.string(), kind: z.string() })),
  }),
  command: { words: 'border desks', columns: ['id', 'name', 'code', 'kind'] },
  handle: async ({ services }) => ({ items: [...desksOf(services.store)] }),
})

const Country = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{2}$/)
  .transform((it) => it.toLowerCase())
const Day = z.iso.date()

/** A document as somebody types it. */
export const TypedFields = z.strictObject({
  name: z.string().trim().max(512).default(''),
  birthDate: Day.optional(),
  nationality: Country.optional(),
  number: z.string().trim().max(40).default(''),
  issuer: Country.optional(),
  kind: z.enum(['passport', 'visa', 'identity-card']).default('passport'),
  expiry: Day.optional(),
})
export type TypedFields = z.infer<typeof TypedFields>

const At = z.object({
  desk: z.string().max(40),
  direction: z.enum(['entry', 'exit', 'transit']).default('entry'),
  transport: z.string().trim().max(40).optional().describe('Flight, ship or train'),
})

export const check = operation({
  id: 'border.check',
  method: 'post',
  path: '/border/checks',
  summary: 'Look up a traveller at a desk: the document, what issuers declared of it, and alerts',
  access: { roles: people, scope: 'screen' },
  body: At.extend({
    mrz: z.string().max(2_000).optional().describe('The machine readable zone as it was scanned or typed'),
    fields: TypedFields.optional().describe('Instead of the zone: what the document says'),
  }),
  reply: CheckReply,
  reads: true,
  command: { words: 'border check' },
  handle: async ({ body, caller, signedIn, services, commit }) => {
    const { store, identity, directories } = services
    const now = store.clock.now()
    const desk = findDesk(store, body.desk)
    const { zone, presented } = presentedIn(body, now)
    if (isEmpty(presented))
      throw fault('border/nothing-given', 'Scan the zone, or type a name or the number of a document.')
    const asking = atDesk(caller, desk.id)
    const [looked] = await lookUp([presented], { caller: asking, services })
    const id = newId('bch', now.getTime())
    const candidates = candidateIds(looked!, now)
    const place: Place = {
      country: findMember(directories.current(), identity.me).country,
      desk: desk.name,
      code: desk.code,
      direction: body.direction,
      transport: body.transport ?? null,
      at: now.toISOString(),
    }
    const values = {
      id,
      person: signedIn!.person.id,
      desk: desk.id,
      place: asJson(place),
      presented: asJson(presented),
      matches: asJson(matchesOf(looked!, candidates, 0)),
      outcome: null,
      at: now,
      expires_at: runsOut('desk.check-kept', now),
    }
    const reply = replyTo(looked!, { id, at: now, desk: desk.id, zone, roles: signedIn!.person.roles, candidates })
    const details = { desk: desk.id, met: looked!.met.length, direction: body.direction }
    return commit(
      {
        rows: [{ op: 'insert', table: 'border_checks', values }],
        touched: [{ type: 'border-check', id }],
        audit: [audited('search', asking, { object: { type: 'border-check', id }, details })],
      },
      reply,
    )
  },
})

function presentedIn({ mrz, fields }: { mrz?: string | undefined; fields?: TypedFields | undefined }, now: Date) {
  if (mrz !== undefined && mrz.trim() !== '') return readZone(mrz, now.toISOString().slice(0, 10))
  return { zone: null, presented: typed(fields) }
}

function typed(fields: TypedFields | undefined): Presented {
  const { name = '', birthDate, nationality, number = '', issuer, kind = 'passport', expiry } = fields ?? {}
  return {
    names: name === '' ? [] : [name],
    birthDate: birthDate ?? null,
    birthDates: [],
    nationalities: nationality === undefined ? [] : [nationality],
    documents:
      number === ''
        ? []
        : [{ number, kind, issuer: issuer ?? null, issuerCode: issuer?.toUpperCase() ?? null, expiry: expiry ?? null }],
  }
}

/** One who works at a desk works for border security, under the name of the desk where no file is named. */
export function atDesk(caller: Caller, desk: string): Caller {
  return { ...caller, purpose: deskPurpose, reference: caller.reference ?? `desk ${desk}` }
}

export const outcomes = ['passed', 'second-line', 'owner-asked', 'refused-entry', 'held', 'other'] as const

export const recordOutcome = operation({
  id: 'border.record-outcome',
  method: 'post',
  path: '/border/checks/{id}/outcome',
  summary: 'Say what was done with a traveller after a check; the machine decides nothing',
  access: { roles: people, scope: 'screen' },
  params: z.object({ id: z.string().regex(/^bch_[0-9a-f]{32}$/) }),
  body: z.object({ did: z.enum(outcomes), note: z.string().trim().max(1_000).default('') }),
  reply: z.object({ id: z.string(), did: z.enum(outcomes) }),
  command: { words: 'border outcome', positional: ['id', 'did'] },
  handle: async ({ params, body, caller, signedIn, services, commit }) => {
    const { store } = services
    const { person } = signedIn!
    const row = await readCheck(store, params.id)
    // The counter says what it did with its own travellers, and learns nothing of those of others.
    if (row === undefined || (row.person !== person.id && !isSecondLine(person.roles)))
      throw fault('border/unknown-check', 'There is no such check.')
    const outcome = { did: body.did, note: body.note, at: store.clock.now().toISOString() }
    const asking = atDesk(caller, row.desk)
    return commit(
      {
        rows: [{ op: 'update', table: 'border_checks', where: { id: row.id }, values: { outcome }, expect: 1 }],
        audit: [
          audited('adjudicate', asking, {
            object: { type: 'border-check', id: row.id },
            reason: body.note === '' ? body.did : body.note,
            details: { did: body.did, desk: row.desk },
          }),
        ],
      },
      { id: row.id, did: body.did },
    )
  },
})
