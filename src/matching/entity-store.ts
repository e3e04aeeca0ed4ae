import { type MatchEntity, readProperties } from '#matching/entity'
import { GrowableU32 } from '#matching/growable'
import { type SchemaName, schemata } from '#protocol/vocabulary'

const schemaNames = Object.keys(schemata) as SchemaName[]
const encoder = new TextEncoder()
const decoder = new TextDecoder()
const gone = 0xffffffff

/** The indexed entities: ids, schemata, and the properties that matching reads as JSON text in one byte array. */
export class EntityStore {
  private ids: string[] = []
  private readonly ordinals = new Map<string, number>()
  private readonly schemas = new GrowableU32()
  private readonly payloads = new GrowableU32()
  private readonly firstNames = new GrowableU32()
  private bytesUsed = 0
  private arena = new Uint8Array(4_096)

  /** Entities that are indexed. */
  get size(): number {
    return this.ordinals.size
  }

  /** Rows, those of removed entities included. */
  get rows(): number {
    return this.ids.length
  }

  /** Adds an entity, kept by `keepRead`, whose names begin at `firstName` in the name table; returns its number. */
  add(entity: MatchEntity, firstName: number): number {
    const ordinal = this.ids.length
    this.ids.push(entity.id)
    this.ordinals.set(entity.id, ordinal)
    this.schemas.push(schemaNames.indexOf(entity.schema))
    this.payloads.push(this.bytesUsed)
    this.firstNames.push(firstName)
    this.write(JSON.stringify([entity.properties, entity.weak ?? []]))
    return ordinal
  }

  private write(text: string): void {
    const room = this.bytesUsed + text.length * 3
    if (room > this.arena.length) {
      const next = new Uint8Array(Math.max(room, Math.ceil(this.arena.length * 1.6)))
      next.set(this.arena.subarray(0, this.bytesUsed))
      this.arena = next
    }
    this.bytesUsed += encoder.encodeInto(text, this.arena.subarray(this.bytesUsed)).written
  }

  numberOf(id: string): number | undefined {
    return this.ordinals.get(id)
  }

  idOf(ordinal: number): string {
    return this.ids[ordinal]!
  }

  isAlive(ordinal: number): boolean {
    return this.schemas.data[ordinal] !== gone
  }

  schemaOf(ordinal: number): SchemaName {
    return schemaNames[this.schemas.data[ordinal]!]!
  }

  /** Numbers of an entity's names, first and one past the last, given how many names there are. */
  namesOf(ordinal: number, nameCount: number): readonly [number, number] {
    return [this.firstNames.data[ordinal]!, ordinal + 1 < this.rows ? this.firstNames.data[ordinal + 1]! : nameCount]
  }

  /** The entity as it was put, less the properties that matching does not read. */
  read(ordinal: number): MatchEntity {
    const end = ordinal + 1 < this.rows ? this.payloads.data[ordinal + 1]! : this.bytesUsed
    const text = decoder.decode(this.arena.subarray(this.payloads.data[ordinal]!, end))
    const [properties, weak] = JSON.parse(text) as [MatchEntity['properties'], string[]]
    return { id: this.idOf(ordinal), schema: this.schemaOf(ordinal), properties, weak }
  }

  remove(ordinal: number): void {
    this.ordinals.delete(this.ids[ordinal]!)
    this.schemas.data[ordinal] = gone
  }

  /** Closes the gaps that removed entities left; returns the new number of every old one, -1 for the removed. */
  compact(renumberName: (ordinal: number) => number): Int32Array {
    const numbers = new Int32Array(this.rows).fill(-1)
    const ids: string[] = []
    let write = 0
    for (let ordinal = 0; ordinal < numbers.length; ordinal++) {
      if (!this.isAlive(ordinal)) continue
      const from = this.payloads.data[ordinal]!
      const end = ordinal + 1 < numbers.length ? this.payloads.data[ordinal + 1]! : this.bytesUsed
      const kept = ids.length
      numbers[ordinal] = kept
      this.ordinals.set(this.ids[ordinal]!, kept)
      ids.push(this.ids[ordinal]!)
      this.schemas.data[kept] = this.schemas.data[ordinal]!
      this.firstNames.data[kept] = renumberName(ordinal)
      this.arena.copyWithin(write, from, end)
      this.payloads.data[kept] = write
      write += end - from
    }
    this.ids = ids
    for (const column of [this.schemas, this.payloads, this.firstNames]) column.length = ids.length
    this.bytesUsed = write
    return numbers
  }

  get bytes(): number {
    return this.arena.byteLength + this.schemas.bytes + this.payloads.bytes + this.firstNames.bytes
  }
}

/** The entity less what matching does not read, in well-formed text: what is stored and what is indexed are the same. */
export function keepRead(entity: MatchEntity): MatchEntity {
  const properties: Record<string, readonly string[]> = {}
  for (const name of readProperties) {
    const values = entity.properties[name]
    if (values !== undefined && values.length > 0) properties[name] = values.map((value) => value.toWellFormed())
  }
  const weak = (entity.weak ?? []).map((name) => name.toWellFormed())
  return { id: entity.id, schema: entity.schema, properties, weak }
}
