import { z } from 'zod'
import { fault } from '#capabilities/sightings/faults'
import { movementLimits } from '#capabilities/sightings/limits'
import { type Leg, marks, movementOf } from '#capabilities/sightings/movement'
import { whyOf } from '#capabilities/sightings/movement-words'
import { readWay } from '#capabilities/sightings/one-way'
import { type Sighting, SightingInput, sightingKind, surenesses } from '#capabilities/sightings/record'
import { type About, correctSighting, recordSighting } from '#capabilities/sightings/rules'
import { readSightings } from '#capabilities/sightings/store'
import { operation } from '#http/operation'
import { found, foundOf, PageQuery, page, pageOf, RecordParams, RecordReply, replyOf } from '#http/shapes'
import { Handling, Mark, MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'

const people = ['officer', 'supervisor'] as const

const Marks = z.record(z.string().max(500), Mark).default({})

export const record = operation({
  id: 'sightings.record',
  method: 'post',
  path: '/sightings',
  summary: 'Record where the subject of a record was met; its owner is told at once, and whom you name',
  access: { roles: people, scope: 'write', purpose: true },
  body: z.object({
    handling: Handling,
    body: SightingInput,
    marks: Marks,
    with: z.array(MemberId).max(64).default([]).describe('Members beside the owner of the record that it is about'),
  }),
  reply: z.object({
    id: z.string(),
    version: z.number(),
    sent: z.array(z.string()),
    /** Ids of the rules that ask for a second person: share it from its own page. */
    waits: z.array(z.string()),
  }),
  status: 201,
  command: { words: 'sightings record' },
  handle: async ({ body: { with: also, ...input }, caller, reader, services, commit }) => {
    const about: About = found(await reader.record(input.body.about))
    const { change, id, sent, waits } = recordSighting(about, input, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
      grants: await reader.grants(about.id),
      also,
    })
    return commit(change, { id, version: 1, sent: [...sent], waits: waits.map((it) => it.id) })
  },
})

export const correct = operation({
  id: 'sightings.correct',
  method: 'put',
  path: '/sightings/{id}',
  summary: 'Correct a sighting of our own: a new version, sent to all who hold it',
  access: { roles: people, scope: 'write' },
  params: RecordParams,
  body: z.object({
    handling: Handling,
    body: SightingInput,
    marks: Marks,
    version: z.number().int().min(1).describe('The version that was changed'),
  }),
  reply: z.object({ id: z.string(), version: z.number() }),
  command: { words: 'sightings correct', positional: ['id'] },
  handle: async ({ params, body: { version, ...input }, caller, reader, services, commit }) => {
    const current = foundOf(sightingKind, await reader.record<Sighting>(params.id))
    const [about, whole, grants, holders] = await Promise.all([
      reader.record(current.body.about) as Promise<About | undefined>,
      reader.whole(params.id, 'change'),
      reader.grants(params.id),
      readHolders(services.store, params.id),
    ])
    const change = correctSighting(current, input, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
      expected: version,
      about,
      whole,
      grants,
      holders,
    })
    return commit(change, { id: params.id, version: current.version + 1 })
  },
})

export const list = operation({
  id: 'sightings.list',
  method: 'get',
  path: '/sightings',
  summary: 'Sightings of the subject of a record, newest first',
  access: { roles: people, scope: 'read', purpose: true },
  query: PageQuery.extend({ about: RecordIdText }),
  reply: pageOf(RecordReply),
  command: { words: 'sightings list', positional: ['about'], columns: ['id', 'caption', 'owner', 'state'] },
  handle: async ({ query, caller, reader, commit }) => {
    found(await reader.record(query.about))
    const { items, next } = page(await readSightings(reader, query), query.limit)
    const details = { about: query.about, type: sightingKind.type, found: items.length }
    return commit({ audit: [audited('search', caller, { details })] }, { items: items.map(replyOf), next })
  },
})

const Range = z.object({ least: z.number(), most: z.number() })

const SightedReply = z.object({
  id: z.string(),
  type: z.string(),
  owner: z.string(),
  from: z.string(),
  to: z.string(),
  place: z.string(),
  country: z.string().nullable(),
  point: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  radiusKilometres: z.number().optional(),
  sure: z.enum(surenesses).nullable(),
})

const LegReply = z.object({
  from: SightedReply,
  to: SightedReply,
  over: z.array(z.string()),
  hours: Range,
  unseenHours: z.number().nullable(),
  kilometres: Range.nullable(),
  leastSpeed: z.number().nullable(),
  marks: z.array(z.enum(marks)),
  /** A sentence for each mark. */
  why: z.array(z.string()),
})

const BesideReply = z.object({ id: z.string(), caption: z.string() })

export const movement = operation({
  id: 'sightings.movement',
  method: 'get',
  path: '/movements/{id}',
  summary: 'The way of the subject of a record, from every sighting of it that you may see',
  access: { roles: people, scope: 'read', purpose: true },
  params: RecordParams,
  reply: z.object({
    about: z.object({
      id: z.string(),
      type: z.string(),
      caption: z.string(),
      owner: z.string(),
      discreet: z.boolean(),
    }),
    sightings: z.array(SightedReply),
    legs: z.array(LegReply),
    countries: z.array(z.object({ country: z.string(), from: z.string(), to: z.string(), sightings: z.number() })),
    leftOut: z.object({ refuted: z.number(), suspended: z.number(), unread: z.number() }),
    /** Records that were merged with this one: their sightings are in the way. */
    merged: z.array(BesideReply),
    /** Records that may be of the same person, on which nobody has decided: nothing of them is in the way. */
    maybe: z.array(BesideReply.extend({ sightings: z.number(), last: SightedReply.nullable() })),
    /** There are older sightings than these. */
    more: z.boolean(),
    limits: z.object({
      fastestKilometresPerHour: z.number(),
      clockMinutes: z.number(),
      placeKilometres: z.number(),
      gapDays: z.number(),
    }),
  }),
  command: { words: 'movements', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const about: About = found(await reader.record(params.id, 'search'))
    if (about.type !== 'subject' && about.type !== 'notice')
      throw fault('sightings/not-a-subject', `${about.id} is a ${about.type}: subjects and notices have sightings.`)
    const { sightings: seen, merged, maybe, ...rest } = await readWay(reader, about, services)
    const { sightings, legs, countries } = movementOf(seen, movementLimits)
    const { id, type, caption, owner, body } = about
    const { fastestKilometresPerHour, clockMinutes, placeKilometres, gapDays } = movementLimits
    const said = (leg: Leg) => ({ ...leg, over: [...leg.over], marks: [...leg.marks], why: whyOf(leg, movementLimits) })
    return commit(
      {
        audit: [audited('search', caller, { object: about, details: { what: 'movement', found: sightings.length } })],
      },
      {
        about: { id, type, caption, owner, discreet: body.discreet ?? false },
        sightings: [...sightings],
        legs: legs.map(said),
        countries: [...countries],
        merged: [...merged],
        maybe: [...maybe],
        ...rest,
        limits: { fastestKilometresPerHour, clockMinutes, placeKilometres, gapDays },
      },
    )
  },
})
