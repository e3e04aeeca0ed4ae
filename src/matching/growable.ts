/** A list of unsigned 32-bit numbers in one typed array that doubles when full. */
export class GrowableU32 {
  data: Uint32Array
  length = 0

  constructor(capacity = 64) {
    this.data = new Uint32Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for `length` numbers. */
  reserve(length: number): void {
    if (length <= this.data.length) return
    const next = new Uint32Array(Math.max(length, Math.ceil(this.data.length * 1.6)))
    next.set(this.data.subarray(0, this.length))
    this.data = next
  }

  get bytes(): number {
    return this.data.byteLength
  }
}
