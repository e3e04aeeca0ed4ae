const most = 255
const mostBits = 2 ** 18

/**
 * What names have been credited with, in coarse steps of one byte each: all of it stays in the processor's cache while long
 * lists of names go by. A sum is never less than what is due; it may be more, where two words of a list are in one name.
 */
export class NameCredits {
  private bytes = new Uint8Array(64)
  /** Bits that stay in the nearest cache: a name whose bit is not set has no credit. */
  private sieve = new Uint32Array(2)
  /** The names that have any credit. */
  touched = new Uint32Array(64)
  count = 0

  /** Makes room for so many names; to be called before a search. */
  reserve(names: number): void {
    if (this.bytes.length >= names) return
    const capacity = Math.ceil(names * 1.25)
    this.bytes = new Uint8Array(capacity)
    this.touched = new Uint32Array(capacity)
    this.sieve = new Uint32Array(Math.min(mostBits, 2 ** Math.ceil(Math.log2(capacity))) / 32)
    this.count = 0
  }

  /** Credits every name of a list. */
  open(list: Uint32Array, from: number, end: number, credit: number): void {
    const { bytes, touched, sieve } = this
    const bits = sieve.length * 32 - 1
    let { count } = this
    for (let at = from; at < end; at++) {
      const name = list[at]!
      const before = bytes[name]!
      if (before === 0) {
        touched[count++] = name
        const bit = name & bits
        sieve[bit >>> 5]! |= 1 << (bit & 31)
      }
      const sum = before + credit
      bytes[name] = sum > most ? most : sum
    }
    this.count = count
  }

  /** Credits those names of a list that have credit already. */
  add(list: Uint32Array, from: number, end: number, credit: number): void {
    const { bytes, sieve } = this
    const bits = sieve.length * 32 - 1
    for (let at = from; at < end; at++) {
      const name = list[at]!
      const bit = name & bits
      if ((sieve[bit >>> 5]! & (1 << (bit & 31))) === 0) continue
      const before = bytes[name]!
      if (before === 0) continue
      const sum = before + credit
      bytes[name] = sum > most ? most : sum
    }
  }

  /** Forgets the names that have less. */
  keep(least: number): void {
    const { bytes, touched } = this
    let kept = 0
    for (let at = 0; at < this.count; at++) {
      const name = touched[at]!
      if (bytes[name]! >= least) touched[kept++] = name
      else bytes[name] = 0
    }
    this.count = kept
  }

  clear(): void {
    const { bytes, touched } = this
    for (let at = 0; at < this.count; at++) bytes[touched[at]!] = 0
    this.count = 0
    this.sieve.fill(0)
  }
}
