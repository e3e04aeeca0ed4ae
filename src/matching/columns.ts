import { defineFaults } from '#kernel/fault'

const fault = defineFaults({ 'matching/full': 'limited' })

type Numbers = Uint8Array<SharedArrayBuffer> | Uint32Array<SharedArrayBuffer>

/** What another thread needs to read the same columns. */
export interface MemoryHandle {
  readonly head: SharedArrayBuffer
  readonly buffers: Readonly<Record<string, SharedArrayBuffer>>
}

/**
 * Places in the head: how often anything changed that answers depend on, how often a buffer grew, how often rows were
 * renumbered, how often words were, then the lengths.
 */
const changes = 0
const growths = 1
const numberings = 2
const wordings = 3
const firstLength = 4
const mostColumns = 60

/**
 * Columns of numbers in shared memory that grow where they stand: one thread writes, others read the same bytes. Columns
 * are opened in the same order in every thread.
 */
export class Memory {
  private readonly head: Int32Array<SharedArrayBuffer>
  private readonly given: Readonly<Record<string, SharedArrayBuffer>> | undefined
  private readonly columns: Column<Numbers>[] = []
  private growthsSeen = 0

  constructor(handle?: MemoryHandle) {
    this.head = new Int32Array(handle?.head ?? new SharedArrayBuffer((firstLength + mostColumns) * 4))
    this.given = handle?.buffers
  }

  /** Bytes, at most `limit` of them. */
  bytes(name: string, limit: number): Column<Uint8Array<SharedArrayBuffer>> {
    return this.open(name, { limit, width: 1, view: (buffer, length) => new Uint8Array(buffer, 0, length) })
  }

  /** Unsigned 32-bit numbers, at most `limit` of them. */
  numbers(name: string, limit: number): Column<Uint32Array<SharedArrayBuffer>> {
    return this.open(name, { limit, width: 4, view: (buffer, length) => new Uint32Array(buffer, 0, length) })
  }

  private open<Kind extends Numbers>(name: string, shape: Shape<Kind>): Column<Kind> {
    const buffer =
      this.given?.[name] ??
      new SharedArrayBuffer(shape.width * Math.min(firstCapacity, shape.limit), {
        maxByteLength: shape.width * shape.limit,
      })
    const column = new Column(name, { ...shape, buffer, head: this.head, place: firstLength + this.columns.length })
    this.columns.push(column as unknown as Column<Numbers>)
    return column
  }

  get handle(): MemoryHandle {
    return {
      head: this.head.buffer,
      buffers: Object.fromEntries(this.columns.map((column) => [column.name, column.buffer])),
    }
  }

  /** Counts up whenever answers may differ from before. */
  get version(): number {
    return this.head[changes]!
  }

  touch(): void {
    this.head[changes] = (this.head[changes]! + 1) | 0
  }

  /** Counts up when rows have got other numbers. */
  get numbering(): number {
    return this.head[numberings]!
  }

  renumber(): void {
    this.head[numberings] = (this.head[numberings]! + 1) | 0
    this.touch()
  }

  /** Counts up when words have got other numbers. */
  get wording(): number {
    return this.head[wordings]!
  }

  renumberWords(): void {
    this.head[wordings] = (this.head[wordings]! + 1) | 0
    this.touch()
  }

  /** Sees what the writing thread has grown since. */
  refresh(): void {
    if (this.head[growths] === this.growthsSeen) return
    this.growthsSeen = this.head[growths]!
    for (const column of this.columns) column.refresh()
  }

  /** Every column by name, as far as it is filled. */
  get contents(): ReadonlyMap<string, Uint8Array<SharedArrayBuffer>> {
    return new Map(this.columns.map((column) => [column.name, column.filled]))
  }

  /** Fills every column; what is missing stays empty. */
  load(contents: ReadonlyMap<string, Uint8Array>): void {
    for (const column of this.columns) column.load(contents.get(column.name) ?? new Uint8Array(0))
    this.touch()
  }

  /** Bytes set aside for what the columns hold. */
  get size(): number {
    return this.columns.reduce((sum, column) => sum + column.buffer.byteLength, 0)
  }
}

const firstCapacity = 256
/** Columns grow where they stand, at little cost: they need little room to spare. */
const growth = 1.0625

interface Shape<Kind> {
  readonly limit: number
  readonly width: number
  readonly view: (buffer: SharedArrayBuffer, length: number) => Kind
}

interface Place {
  readonly buffer: SharedArrayBuffer
  readonly head: Int32Array<SharedArrayBuffer>
  readonly place: number
}

export class Column<Kind extends Numbers = Uint32Array<SharedArrayBuffer>> {
  /** The numbers, with room after the last; replaced when the column grows. */
  data: Kind
  readonly name: string
  readonly buffer: SharedArrayBuffer
  private readonly shape: Shape<Kind>
  private readonly head: Int32Array<SharedArrayBuffer>
  private readonly place: number

  constructor(name: string, { buffer, head, place, ...shape }: Shape<Kind> & Place) {
    this.name = name
    this.buffer = buffer
    this.head = head
    this.place = place
    this.shape = shape
    this.data = shape.view(buffer, buffer.byteLength / shape.width)
  }

  get length(): number {
    return this.head[this.place]!
  }

  set length(length: number) {
    this.head[this.place] = length
  }

  push(value: number): void {
    const at = this.head[this.place]!
    if (at === this.data.length) this.reserve(at + 1)
    this.data[at] = value
    this.head[this.place] = at + 1
  }

  /** Makes room for `length` numbers. Throws `matching/full` beyond the limit. */
  reserve(length: number): void {
    if (length <= this.data.length) return
    const { limit, width } = this.shape
    if (length > limit) throw fault('matching/full', `The index has no room for more than ${limit} in ${this.name}.`)
    const room = Math.min(limit, Math.max(length, Math.ceil(this.data.length * growth)))
    this.buffer.grow(room * width)
    this.head[growths] = (this.head[growths]! + 1) | 0
    this.refresh()
  }

  refresh(): void {
    const length = this.buffer.byteLength / this.shape.width
    if (length !== this.data.length) this.data = this.shape.view(this.buffer, length)
  }

  get filled(): Uint8Array<SharedArrayBuffer> {
    return new Uint8Array(this.buffer, 0, this.length * this.shape.width)
  }

  load(bytes: Uint8Array): void {
    const length = bytes.length / this.shape.width
    this.reserve(length)
    new Uint8Array(this.buffer).set(bytes)
    this.length = length
  }
}
