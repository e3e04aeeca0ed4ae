import { Postings } from '#matching/postings'

const emptySlot = 0xffffffff

/** Lists found by a 32-bit hash: open addressing over typed arrays. Equal hashes share a list. */
export class KeyLists {
  private hashes = new Uint32Array(1_024)
  private slots = new Uint32Array(1_024).fill(emptySlot)
  readonly lists = new Postings()

  add(hash: number, value: number): void {
    const at = this.find(hash)
    let list = this.slots[at]!
    if (list === emptySlot) {
      list = this.lists.open()
      this.hashes[at] = hash
      this.slots[at] = list
      if (this.lists.size * 10 > this.slots.length * 7) this.grow()
    }
    this.lists.add(list, value)
  }

  /** The list under a hash, empty when there is none; valid until the next `add`. */
  read(hash: number): Uint32Array {
    const list = this.slots[this.find(hash)]!
    return list === emptySlot ? nothing : this.lists.read(list)
  }

  private find(hash: number): number {
    const mask = this.slots.length - 1
    let at = Math.imul(hash, 0x9e3779b1) & mask
    while (this.slots[at] !== emptySlot && this.hashes[at] !== hash) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const [hashes, slots] = [this.hashes, this.slots]
    this.hashes = new Uint32Array(hashes.length * 2)
    this.slots = new Uint32Array(hashes.length * 2).fill(emptySlot)
    for (let index = 0; index < slots.length; index++) {
      if (slots[index] === emptySlot) continue
      const at = this.find(hashes[index]!)
      this.hashes[at] = hashes[index]!
      this.slots[at] = slots[index]!
    }
  }

  get bytes(): number {
    return this.hashes.byteLength + this.slots.byteLength + this.lists.bytes
  }
}

const nothing = new Uint32Array(0)
