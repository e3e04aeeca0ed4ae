import type {
  Asked,
  DeclaringRecord,
  DocumentIndex,
  IndexAbout,
  KeptIndex,
  Slot,
} from '#capabilities/documents/index-shape'
import { createLongNumbers } from '#capabilities/documents/long-numbers'
import { createNumberRows } from '#capabilities/documents/number-rows'
import {
  isLong,
  issuerAt,
  issuerIndex,
  issuersLimit,
  longPlace,
  mixWords,
  type Packed,
  packLong,
  packShort,
} from '#capabilities/documents/packing'
import { countsOf, documentKinds, numbersOf } from '#capabilities/documents/record'
import { dayOf, kindOf, packSaying, unpackSaying } from '#capabilities/documents/said'
import { createShard, entryWords } from '#capabilities/documents/shard'

const shardCount = 256
/** For each declaration that goes, this many places are gone through: what is gone is never more than a part of all. */
const sweepAhead = 4

/** `kept` is what `contents` gave to a file. */
export function createDocumentIndex<Declaring extends DeclaringRecord>({
  kept,
  seed = kept?.about.seed ?? Math.floor(Math.random() * 0x1_0000_0000),
}: {
  readonly seed?: number
  readonly kept?: KeptIndex<Declaring> | undefined
} = {}): DocumentIndex<Declaring> {
  /** By number of the slot; a record that is gone leaves a gap, since what it said may still be in the table. */
  const slots = Array.from<Slot<Declaring> | undefined>({ length: kept?.about.places ?? 0 })
  const places = new Map<string, number>()
  const byIssuer = new Uint32Array(issuersLimit)
  const rows = createNumberRows(kept?.about.rows)
  const long = createLongNumbers(seed, kept?.columns.get('long'))
  const within = {
    isGone: (place: number) => slots[place] === undefined,
    hashOf: (high: number, low: number) => mixWords(high, low, seed),
  }
  const { hashOf } = within
  const shards = Array.from({ length: shardCount }, (_, at) => createShard(within, wordsOf(kept?.columns.get(`${at}`))))
  const packed: Packed = { high: 0, low: 0 }
  let swept = 0
  let size = 0
  /** Whether tables may still have what gone records said. */
  let isUnswept = false
  if (kept !== undefined) takeIn(kept.about)

  function takeIn({ slots: all }: IndexAbout<Declaring>): void {
    for (const { place, ...slot } of all) {
      slots[place] = slot
      places.set(slot.record.id, place)
      byIssuer[slot.issuer]! += 1
      size += slot.entries + slot.ranges
    }
    isUnswept = true // what was put while the file was written is of records that are not in it
  }

  function remove(id: string): void {
    const place = places.get(id)
    if (place === undefined) return
    const { issuer, entries, ranges } = slots[place]!
    slots[place] = undefined
    places.delete(id)
    byIssuer[issuer]! -= 1
    isUnswept = true
    if (ranges > 0) rows.drop(place)
    const share = Math.min(1, (sweepAhead * entries) / Math.max(1, size))
    size -= entries + ranges
    for (let turn = Math.ceil(share * shardCount); turn > 0; turn--) shards[swept++ % shardCount]!.sweep()
  }

  function each({ number, issuer }: Asked, visit: (issuer: number, place: number, saying: number) => void): void {
    const askRows = rows.asking(number)
    const kept = isLong(number) ? long.find(number) : 0
    const ask = (index: number) => {
      if (byIssuer[index] === 0) return
      askRows?.(index, (place, saying) => visit(index, place, saying))
      if (kept === undefined) return
      if (!packShort(index, number, packed)) packLong(index, kept, packed)
      const hash = hashOf(packed.high, packed.low)
      shards[hash % shardCount]!.each({ ...packed, hash }, (place, saying) => visit(index, place, saying))
    }
    if (issuer !== undefined) ask(issuerIndex(issuer))
    else for (let index = 0; index < issuersLimit; index++) ask(index)
  }

  function* columns(isToSweep: boolean): Generator<readonly [string, Uint8Array]> {
    const used = new Set<number>()
    for (const [at, shard] of shards.entries()) {
      if (isToSweep) shard.sweep()
      const table = shard.contents
      if (long.size > 0) noteLong(table, used)
      yield [`${at}`, new Uint8Array(table.buffer, table.byteOffset, table.byteLength)]
    }
    yield ['long', long.contents((place) => used.has(place))]
  }

  return {
    put(record, { issuer, groups, ranges }) {
      remove(record.id)
      const place = slots.length
      const index = issuerIndex(issuer)
      const slot = { record, issuer: index, entries: 0, ranges: ranges.length, counts: countsOf({ groups, ranges }) }
      slots.push(slot) // what is put is not taken for that of a gone record meanwhile
      for (const group of groups) {
        const saying = packSaying(group)
        for (const number of numbersOf(group)) {
          if (!packShort(index, number, packed)) packLong(index, long.keep(number), packed)
          const hash = hashOf(packed.high, packed.low)
          shards[hash % shardCount]!.put({ high: packed.high, low: packed.low, hash, record: place, saying })
          slot.entries++
        }
      }
      for (const range of ranges) rows.put(index, range, { place, saying: packSaying(range) })
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
      const best = new Map<number, { slot: Slot<Declaring>; issuer: number; saying: number }>()
      const known = new Map<Slot<Declaring>, boolean>()
      const wanted = asked.kind === undefined ? undefined : documentKinds.indexOf(asked.kind)
      each(asked, (issuer, place, saying) => {
        const slot = slots[place]
        const kind = kindOf(saying)
        if (slot === undefined || (wanted !== undefined && kind !== wanted)) return
        const key = issuer * 64 + kind
        const before = best.get(key)
        if (before !== undefined && !isLater({ slot, saying }, before)) return
        let permitted = known.get(slot)
        if (permitted === undefined) {
          permitted = answers(slot.record)
          known.set(slot, permitted)
        }
        if (permitted) best.set(key, { slot, issuer, saying })
      })
      return [...best.values()].map(({ slot, issuer, saying }) => ({
        issuer: issuerAt(issuer),
        number: asked.number,
        ...unpackSaying(saying),
        record: slot.record,
      }))
    },
    mentions(asked) {
      const found = new Set<Declaring>()
      const wanted = asked.kind === undefined ? undefined : documentKinds.indexOf(asked.kind)
      each(asked, (_, place, saying) => {
        const slot = slots[place]
        if (slot !== undefined && (wanted === undefined || kindOf(saying) === wanted)) found.add(slot.record)
      })
      return [...found]
    },
    record: (id) => slots[places.get(id) ?? -1]?.record,
    issuer(id) {
      const slot = slots[places.get(id) ?? -1]
      return slot && issuerAt(slot.issuer)
    },
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
    contents() {
      const kept = [...places.values()].map((place) => ({ ...slots[place]!, place }))
      const keptRows = rows.contents
      const isToSweep = isUnswept
      isUnswept = false
      return {
        columns: columns(isToSweep),
        about: () => ({ seed, places: slots.length, slots: kept, rows: keptRows }),
      }
    },
  }
}

interface Said<Declaring> {
  readonly slot: Slot<Declaring>
  readonly saying: number
}

function noteLong(table: Uint32Array, used: Set<number>): void {
  for (let at = 0; at < table.length; at += entryWords) {
    const place = table[at] === 0 ? undefined : longPlace({ high: table[at]!, low: table[at + 1]! })
    if (place !== undefined) used.add(place)
  }
}

/** A total order, so that what counts does not depend on which came first. */
function isLater<Declaring extends DeclaringRecord>(one: Said<Declaring>, other: Said<Declaring>): boolean {
  const days = dayOf(one.saying) - dayOf(other.saying)
  if (days !== 0) return days > 0
  const [a, b] = [one.slot.record.id, other.slot.record.id]
  return a === b ? one.saying > other.saying : a > b
}

const wordsOf = (bytes: Uint8Array<ArrayBuffer> | undefined) =>
  bytes === undefined ? undefined : new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
