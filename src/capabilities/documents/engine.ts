import { createDocumentIndex } from '#capabilities/documents/document-index'
import { fault } from '#capabilities/documents/faults'
import type { DeclaringRecord, DocumentIndex, KeptIndex } from '#capabilities/documents/index-shape'
import { mayDeclare } from '#capabilities/documents/issuer'
import { issuerOf, lookAlikes, normaliseNumber } from '#capabilities/documents/number'
import { type Declaration, type Status, statuses } from '#capabilities/documents/record'
import { lookUpPurpose } from '#capabilities/documents/rules'
import type { Services } from '#http/services'
import type { TravelDocuments } from '#http/travellers'
import { type Actor, type Circumstances, decide, type Subject } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { effective, type HeldHandling } from '#protocol/handling'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'

/** A declaring record as the index knows it: enough to decide whether it answers, each time anew. */
export interface Known extends DeclaringRecord {
  readonly subject: Subject
}

const indexes = new WeakMap<Store, DocumentIndex<Known>>()

export function indexOf({ store }: Pick<Services, 'store'>): DocumentIndex<Known> {
  let index = indexes.get(store)
  if (index === undefined) {
    index = createDocumentIndex<Known>()
    indexes.set(store, index)
  }
  return index
}

/** Puts the index of a file in place of what there is. */
export function takeKept({ store }: Pick<Services, 'store'>, kept: KeptIndex<Known>): void {
  indexes.set(store, createDocumentIndex({ kept }))
}

interface Readiness {
  readonly loaded: Promise<void>
  readonly end: (cause?: unknown) => void
  isLoaded: boolean
}

const readiness = new WeakMap<Store, Readiness>()

function readinessOf(store: Store): Readiness {
  let known = readiness.get(store)
  if (known === undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    promise.catch(() => {}) // who waits for it hears of it
    known = { loaded: promise, end: (cause) => (cause === undefined ? resolve() : reject(cause)), isLoaded: false }
    readiness.set(store, known)
  }
  return known
}

/** Resolves when everything that the store holds is in the index. */
export function untilLoaded(store: Store): Promise<void> {
  return readinessOf(store).loaded
}

export function markLoaded(store: Store, cause?: unknown): void {
  const ready = readinessOf(store)
  ready.isLoaded = cause === undefined
  ready.end(cause)
}

/** A question that is asked too early would be answered with nothing: it is refused. Throws `documents/loading`. */
export function checkLoaded(store: Store): void {
  if (!readinessOf(store).isLoaded)
    throw fault('documents/loading', 'The documents are being read in after a start. Ask again in a moment.')
}

/** Thousands of records share one header, and a decision needs only that of each. */
const handlings = new Map<string, Subject['handling']>()
const handlingsKept = 1_000

function intern(handling: HeldHandling): Subject['handling'] {
  const key = JSON.stringify(handling)
  let found = handlings.get(key)
  if (found === undefined) {
    found = effective(handling)
    if (handlings.size === handlingsKept) handlings.clear()
    handlings.set(key, found)
  }
  return found
}

/** What indexing a record changed of the declarations: how many came or went, and whether any went. */
export interface IndexedChange {
  readonly declarations: number
  readonly isLess: boolean
}

/** Puts a record in as it is stored now, or takes it out. */
export function index(row: RecordRow, services: Services): IndexedChange {
  const all = indexOf(services)
  const before = all.size
  const was = all.record(row.id)
  place(row, services)
  const now = all.record(row.id)
  const isLess = was !== undefined && now?.version !== was.version
  return { declarations: Math.abs(all.size - before) + (isLess ? 1 : 0), isLess }
}

function place(row: RecordRow, services: Services): void {
  const all = indexOf(services)
  const { id, version, owner, state, readers, held } = row
  if (state !== 'active' && state !== 'suspended') {
    all.remove(id)
    return
  }
  const known: Known = { id, version, owner, subject: { owner, state, readers, held, handling: intern(row.handling) } }
  if (all.record(id)?.version === version) {
    all.renew(known)
    return
  }
  const { issuer, groups, ranges } = row.body as unknown as Declaration
  if (mayDeclare(services.directories.current(), owner, issuer)) all.put(known, { issuer, groups, ranges })
  else all.remove(id)
}

/** Whether a record answers this asker now: not while it is suspended, waits for the legal gate, or is past its expiry. */
export function answersTo(actor: Actor, circumstances: Circumstances): (known: Known) => boolean {
  return ({ subject }) => subject.state === 'active' && decide(actor, 'search', subject, circumstances).permit
}

/**
 * What the capability that has the documents answers to the others: as the node itself, for border security. `lookUp` throws
 * `documents/loading` until the index is full.
 */
export function travelDocuments(services: Services): TravelDocuments {
  return {
    lookUp({ number, issuer, kind }) {
      checkLoaded(services.store)
      const normalised = normaliseNumber(number)
      const state = issuer === undefined ? undefined : issuerOf(issuer)
      if (normalised === null || state === null) return []
      return indexOf(services)
        .find({ number: normalised, issuer: state, kind }, answersTo(ourselves(services), forTheBorder(services)))
        .flatMap(({ record, status, ...it }) => (isStop(status) ? [{ ...it, status, owner: record.owner }] : []))
    },
    get size() {
      return indexOf(services).size
    },
  }
}

type Stop = (typeof statuses)[number]

export const isStop = (status: Status): status is Stop => (statuses as readonly Status[]).includes(status)

export function ourselves({ directories, identity }: Services): Actor {
  return { member: partyOf(directories.current(), identity.me) }
}

export const forTheBorder = ({ store }: Services): Circumstances => ({ now: store.clock.now(), purpose: lookUpPurpose })

/** The document as it was named, and those with a number that looks alike. */
export function* variantsOf(number: string): Generator<string> {
  yield number
  yield* lookAlikes(number)
}
