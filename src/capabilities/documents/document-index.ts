import { createLongNumbers } from '#capabilities/documents/long-numbers'
import { issuerAt, issuerIndex, issuersLimit, type Packed, packLong, packShort } from '#capabilities/documents/packing'
import { rangeOf, tailOf } from '#capabilities/documents/range'
import {
  allStatuses,
  countsOf,
  type Declaration,
  documentKinds,
  numbersOf,
  type Status,
} from '#capabilities/documents/record'
import { createShard } from '#capabilities/documents/shard'
import type { RecordId } from '#kernel/ids'

/** A record whose declarations are in the index, with all that a decision on it needs. */
export interface DeclaringRecord {
  readonly id: RecordId
  readonly version: number
  readonly owner: string
}

export interface Asked {
  /** Normalised. */
  readonly number: string
  /** All issuers when absent. */
  readonly issuer?: string | undefined
  readonly kind?: string | undefined
}

/** What counts of a document: the latest declaration of one kind by its issuer. */
export interface Found<Declaring> {
  readonly issuer: string
  readonly number: string
  readonly kind: string
  readonly status: Status
  /** ISO 8601 date. */
  readonly declaredAt: string
  readonly record: Declaring
}

/**
 * Every declaration that the node holds, in typed arrays. Of several declarations of one document the one with the latest date
 * counts, then the one of the latest record; those that do not answer are left out, so that what was said before shows again.
 * In which order they were put in changes nothing.
 */
export interface DocumentIndex<Declaring extends DeclaringRecord> {
  /** Puts a record in, in place of any version of it that is there. */
  put(record: Declaring, declaration: Pick<Declaration, 'issuer' | 'groups' | 'ranges'>): void
  /** The same declarations under other circumstances, such as another state. */
  renew(record: Declaring): void
  remove(id: string): void
  find(asked: Asked, answers: (record: Declaring) => boolean): Found<Declaring>[]
  /** The records that say anything of the document, whatever counts. */
  mentions(asked: Asked): Declaring[]
  record(id: string): Declaring | undefined
  all(): Iterable<Declaring>
  /** How many documents a record declares, by status. */
  counts(id: string): Readonly<Partial<Record<Status, number>>>
  /** Declarations, a row of numbers counted as one. */
  readonly size: number
  readonly bytes: number
}

const shardCount = 256
const millisecondsPerDay = 86_400_000
/** For each declaration that goes, this many places are gone through: what is gone is never more than a part of all. */
const sweepAhead = 4

interface Slot<Declaring> {
  record: Declaring
  readonly issuer: number
  entries: number
  readonly ranges: number
  readonly counts: Readonly<Partial<Record<Status, number>>>
}

interface Row {
  readonly low: number
  readonly high: number
  readonly slot: number
  readonly meta: number
}

export function createDocumentIndex<Declaring extends DeclaringRecord>(
  seed = Math.floor(Math.random() * 0x1_0000_0000),
): DocumentIndex<Declaring> {
  /** By number of the slot; a record that is gone leaves a gap, since what it said may still be in the table. */
  const slots: (Slot<Declaring> | undefined)[] = []
  const places = new Map<string, number>()
  const byIssuer = new Uint32Array(issuersLimit)
  const rows = new Map<string, Row[]>()
  const long = createLongNumbers(seed)
  const hashOf = (high: number, low: number) => mix(high, low, seed)
  const shards = Array.from({ length: shardCount }, () =>
    createShard({ isGone: (slot) => slots[slot] === undefined, hashOf }),
  )
  const packed: Packed = { high: 0, low: 0 }
  let swept = 0
  let size = 0

  function remove(id: string): void {
    const place = places.get(id)
    if (place === undefined) return
    const { issuer, entries, ranges } = slots[place]!
    slots[place] = undefined
    places.delete(id)
    byIssuer[issuer]! -= 1
    if (ranges > 0) dropRows(place)
    const share = Math.min(1, (sweepAhead * entries) / Math.max(1, size))
    size -= entries + ranges
    for (let turn = Math.ceil(share * shardCount); turn > 0; turn--) shards[swept++ % shardCount]!.sweep()
  }

  function dropRows(place: number): void {
    for (const [key, all] of rows) {
      const staying = all.filter((it) => it.slot !== place)
      if (staying.length === 0) rows.delete(key)
      else if (staying.length < all.length) rows.set(key, staying)
    }
  }

  function each({ number, issuer }: Asked, visit: (issuer: number, slot: number, meta: number) => void): void {
    const tail = rows.size === 0 ? null : tailOf(number)
    const kept = isLong(number) ? long.find(number) : 0
    const ask = (index: number) => {
      if (byIssuer[index] === 0) return
      if (tail !== null)
        for (const it of rows.get(rowKey(index, number.length, tail.prefix)) ?? [])
          if (it.low <= tail.tail && tail.tail <= it.high) visit(index, it.slot, it.meta)
      if (kept === undefined) return
      if (!packShort(index, number, packed)) packLong(index, kept, packed)
      const hash = hashOf(packed.high, packed.low)
      shards[hash % shardCount]!.each({ ...packed, hash }, (slot, meta) => visit(index, slot, meta))
    }
    if (issuer !== undefined) ask(issuerIndex(issuer))
    else for (let index = 0; index < issuersLimit; index++) ask(index)
  }

  return {
    put(record, { issuer, groups, ranges }) {
      remove(record.id)
      const place = slots.length
      const index = issuerIndex(issuer)
      const slot = { record, issuer: index, entries: 0, ranges: ranges.length, counts: countsOf({ groups, ranges }) }
      slots.push(slot) // what is put is not taken for that of a gone record meanwhile
      for (const group of groups) {
        const meta = metaOf(group)
        for (const number of numbersOf(group)) {
          if (!packShort(index, number, packed)) packLong(index, long.keep(number), packed)
          const hash = hashOf(packed.high, packed.low)
          shards[hash % shardCount]!.put({ high: packed.high, low: packed.low, hash, record: place, meta })
          slot.entries++
        }
      }
      for (const range of ranges) {
        const { prefix, length, low, high } = rangeOf(range.from, range.to)!
        const key = rowKey(index, length, prefix)
        rows.set(key, [...(rows.get(key) ?? []), { low, high, slot: place, meta: metaOf(range) }])
      }
      places.set(record.id, place)
      byIssuer[index]! += 1
      size += slot.entries + ranges.length
    },
    renew(record) {
      const slot = slots[places.get(record.id) ?? -1]
      if (slot !== undefined) slot.record = record
    },
    remove,
    find(asked, answers) {
      const best = new Map<number, { slot: Slot<Declaring>; issuer: number; meta: number }>()
      const known = new Map<Slot<Declaring>, boolean>()
      const wanted = asked.kind === undefined ? undefined : documentKinds.indexOf(asked.kind)
      each(asked, (issuer, place, meta) => {
        const slot = slots[place]
        const kind = kindOf(meta)
        if (slot === undefined || (wanted !== undefined && kind !== wanted)) return
        const key = issuer * 64 + kind
        const before = best.get(key)
        if (before !== undefined && !isLater({ slot, meta }, before)) return
        let permitted = known.get(slot)
        if (permitted === undefined) {
          permitted = answers(slot.record)
          known.set(slot, permitted)
        }
        if (permitted) best.set(key, { slot, issuer, meta })
      })
      return [...best.values()].map(({ slot, issuer, meta }) => ({
        issuer: issuerAt(issuer),
        number: asked.number,
        kind: documentKinds[kindOf(meta)]!,
        status: allStatuses[statusOf(meta)]!,
        declaredAt: new Date((meta >>> 16) * millisecondsPerDay).toISOString().slice(0, 10),
        record: slot.record,
      }))
    },
    mentions(asked) {
      const found = new Set<Declaring>()
      const wanted = asked.kind === undefined ? undefined : documentKinds.indexOf(asked.kind)
      each(asked, (_, place, meta) => {
        const slot = slots[place]
        if (slot !== undefined && (wanted === undefined || kindOf(meta) === wanted)) found.add(slot.record)
      })
      return [...found]
    },
    record: (id) => slots[places.get(id) ?? -1]?.record,
    *all() {
      for (const place of places.values()) yield slots[place]!.record
    },
    counts: (id) => slots[places.get(id) ?? -1]?.counts ?? {},
    get size() {
      return size
    },
    get bytes() {
      return shards.reduce((sum, it) => sum + it.bytes, long.bytes)
    },
  }
}

interface Said<Declaring> {
  readonly slot: Slot<Declaring>
  readonly meta: number
}

/** A total order, so that what counts does not depend on which came first. */
function isLater<Declaring extends DeclaringRecord>(one: Said<Declaring>, other: Said<Declaring>): boolean {
  const days = (one.meta >>> 16) - (other.meta >>> 16)
  if (days !== 0) return days > 0
  const [a, b] = [one.slot.record.id, other.slot.record.id]
  return a === b ? one.meta > other.meta : a > b
}

const rowKey = (issuer: number, length: number, prefix: string) => `${issuer} ${length} ${prefix}`

const isLong = (number: string) => number.length > 15 || (number.length > 10 && !/^\d+$/.test(number))

/** The day since 1970 in sixteen bits, the status in eight, the kind in eight. */
function metaOf({ kind, status, declaredAt }: { kind: string; status: Status; declaredAt: string }): number {
  const day = Math.min(0xffff, Math.max(0, Math.floor(Date.parse(declaredAt) / millisecondsPerDay)))
  return ((day << 16) | (allStatuses.indexOf(status) << 8) | documentKinds.indexOf(kind)) >>> 0
}

const statusOf = (meta: number) => (meta >>> 8) & 0xff
const kindOf = (meta: number) => meta & 0xff

/** The last steps of MurmurHash3 over both words, with a secret of this process, so that nobody can choose what collides. */
function mix(high: number, low: number, seed: number): number {
  let hash = Math.imul(high ^ seed, 0xcc9e_2d51)
  hash = Math.imul((hash << 15) | (hash >>> 17), 0x1b87_3593) ^ low
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
