import { Buffer } from 'node:buffer'
import type { Column, Memory } from '#matching/columns'
import { type MatchEntity, readProperties } from '#matching/entity'
import { mostEntities } from '#matching/limits'
import { type SchemaName, schemaNames } from '#matching/schemas'
import { TextTable } from '#matching/text-table'

const encoder = new TextEncoder()
const gone = 0xffffffff

/** The indexed entities: ids, schemata, and the properties that matching reads as JSON text in one byte column. */
export class EntityStore {
  private readonly ids: TextTable
  /** For every id its row and one; 0 for an id that is not indexed. */
  private readonly rowsById: Column
  private readonly idNumbers: Column
  private readonly schemas: Column
  private readonly payloads: Column
  private readonly firstNames: Column
  private readonly alive: Column
  private readonly bytes: Column<Uint8Array<SharedArrayBuffer>>
  private view: Buffer

  constructor(memory: Memory) {
    this.ids = new TextTable(memory, 'ids', { count: mostEntities * 2, bytes: mostEntities * 128 })
    this.rowsById = memory.numbers('ids.rows', mostEntities * 2)
    this.idNumbers = memory.numbers('entities.ids', mostEntities)
    this.schemas = memory.numbers('entities.schemas', mostEntities)
    this.payloads = memory.numbers('entities.payloads', mostEntities)
    this.firstNames = memory.numbers('entities.firstNames', mostEntities)
    this.alive = memory.numbers('entities.alive', 1)
    this.bytes = memory.bytes('entities.bytes', 2 ** 31)
    this.view = Buffer.from(this.bytes.buffer)
  }

  /** Entities that are indexed. */
  get size(): number {
    return this.alive.length === 0 ? 0 : this.alive.data[0]!
  }

  /** Rows, those of removed entities included. */
  get rows(): number {
    return this.schemas.length
  }

  /** Adds an entity, kept by `keepRead` and written by `payloadOf`, whose names begin at `firstName` in the name table; returns its number. */
  add({ id: text, schema }: Pick<MatchEntity, 'id' | 'schema'>, payload: string, firstName: number): number {
    const ordinal = this.rows
    const id = this.ids.intern(text)
    if (id === this.rowsById.length) this.rowsById.push(0)
    this.rowsById.data[id] = ordinal + 1
    this.idNumbers.push(id)
    this.payloads.push(this.bytes.length)
    this.firstNames.push(firstName)
    this.write(payload)
    this.schemas.push(schemaNames.indexOf(schema))
    this.countAlive(1)
    return ordinal
  }

  private countAlive(change: number): void {
    if (this.alive.length === 0) this.alive.push(0)
    this.alive.data[0] = this.alive.data[0]! + change
  }

  private write(text: string): void {
    const from = this.bytes.length
    this.bytes.reserve(from + text.length * 3)
    this.bytes.length = from + encoder.encodeInto(text, this.bytes.data.subarray(from)).written
  }

  numberOf(id: string): number | undefined {
    const number = this.ids.find(id)
    const row = number < 0 ? 0 : this.rowsById.data[number]!
    return row === 0 ? undefined : row - 1
  }

  idOf(ordinal: number): string {
    return this.ids.text(this.idNumbers.data[ordinal]!)
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
    const [from, end] = this.placeOf(ordinal)
    if (end > this.view.length) this.view = Buffer.from(this.bytes.buffer)
    const text = this.view.toString('utf8', from, end)
    const [properties, weak] = JSON.parse(text) as [MatchEntity['properties'], string[]]
    return { id: this.idOf(ordinal), schema: this.schemaOf(ordinal), properties, weak }
  }

  private placeOf(ordinal: number): readonly [from: number, end: number] {
    const end = ordinal + 1 < this.rows ? this.payloads.data[ordinal + 1]! : this.bytes.length
    return [this.payloads.data[ordinal]!, end]
  }

  remove(ordinal: number): void {
    this.rowsById.data[this.idNumbers.data[ordinal]!] = 0
    this.schemas.data[ordinal] = gone
    this.countAlive(-1)
  }

  /** Closes the gaps that removed entities left. `firstName` gives the new first name of every row that stays. */
  compact(firstName: (ordinal: number) => number): void {
    const ids: string[] = []
    const rows = this.rows
    let kept = 0
    let write = 0
    for (let ordinal = 0; ordinal < rows; ordinal++) {
      if (!this.isAlive(ordinal)) continue
      const [from, end] = this.placeOf(ordinal)
      ids.push(this.idOf(ordinal))
      this.schemas.data[kept] = this.schemas.data[ordinal]!
      this.firstNames.data[kept] = firstName(ordinal)
      this.bytes.data.copyWithin(write, from, end)
      this.payloads.data[kept] = write
      write += end - from
      kept++
    }
    this.ids.clear()
    this.rowsById.length = 0
    for (const [ordinal, id] of ids.entries()) {
      this.idNumbers.data[ordinal] = this.ids.intern(id)
      this.rowsById.push(ordinal + 1)
    }
    for (const column of [this.schemas, this.payloads, this.firstNames, this.idNumbers]) column.length = kept
    this.bytes.length = write
  }
}

/** What is stored of an entity besides its id and schema. */
export function payloadOf({ properties, weak }: MatchEntity): string {
  return JSON.stringify([properties, weak ?? []])
}

/** The entity less what matching does not read, in well-formed text: what is stored and what is indexed are the same. */
export function keepRead(entity: MatchEntity): MatchEntity {
  const places: number[] = []
  for (const name in entity.properties) {
    const place = placeByProperty.get(name)
    if (place !== undefined) places.push(place)
  }
  const properties: Record<string, readonly string[]> = {}
  for (const place of places.sort(ascending)) {
    const name = readProperties[place]!
    const values = entity.properties[name]
    if (values !== undefined && values.length > 0) properties[name] = wellFormed(values)
  }
  return { id: entity.id, schema: entity.schema, properties, weak: wellFormed(entity.weak ?? none) }
}

/** Where a property stands among those that are read: entities have few of them. */
const placeByProperty: ReadonlyMap<string, number> = new Map(readProperties.map((name, place) => [name, place]))
const none: readonly string[] = []

function ascending(a: number, b: number): number {
  return a - b
}

function wellFormed(texts: readonly string[]): readonly string[] {
  for (const text of texts) if (!text.isWellFormed()) return texts.map((it) => it.toWellFormed())
  return texts
}
