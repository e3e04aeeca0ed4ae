import { createNameClasses, formKey, hashForm, type NameClasses } from '#matching/name-classes'

const formLimit = 256
const formsInLine = 2_000
const longestWords = 4

/** What was read of a pack. */
export interface PackCounts {
  readonly lines: number
  /** Lines that are not `form, form => number`. */
  readonly rejected: number
}

/** Builds a table line by line: `osmar, осмар, אוסמר => Q180488`. */
export class NameClassesBuilder {
  private keys: { hash: Float64Array; class: Uint32Array } = {
    hash: new Float64Array(1_024),
    class: new Uint32Array(1_024),
  }
  private length = 0
  private lines = 0
  private rejected = 0

  /** Reads a line; one that is not of the form is counted and left out. */
  add(line: string): void {
    this.lines++
    const at = line.lastIndexOf('=>')
    const number = /^Q?([1-9]\d{0,9})$/.exec(line.slice(at + 2).trim())
    const id = Number(number?.[1])
    if (at < 1 || number === null || id > 0xffffffff) {
      this.rejected++
      return
    }
    const seen = new Set<string>()
    for (const form of line.slice(0, at).split(',').slice(0, formsInLine)) {
      const key = form.length > formLimit ? '' : formKey(form)
      if (key === '' || seen.has(key) || key.split(' ').length > longestWords) continue
      seen.add(key)
      this.push(key, id)
    }
  }

  private push(key: string, id: number): void {
    if (this.length === this.keys.hash.length) this.grow()
    const { hash, check } = hashForm(key)
    this.keys.hash[this.length] = hash * 65_536 + check
    this.keys.class[this.length++] = id
  }

  private grow(): void {
    const [hash, ids] = [new Float64Array(this.length * 2), new Uint32Array(this.length * 2)]
    hash.set(this.keys.hash)
    ids.set(this.keys.class)
    this.keys = { hash, class: ids }
  }

  get counts(): PackCounts {
    return { lines: this.lines, rejected: this.rejected }
  }

  /** Forms by class, before those that are given twice are joined. */
  get memberships(): number {
    return this.length
  }

  build(): NameClasses {
    const { hash, class: ids } = this.keys
    const order = new Uint32Array(this.length).map((_, index) => index)
    order.sort((a, b) => hash[a]! - hash[b]! || ids[a]! - ids[b]!)
    const hashes = new Uint32Array(this.length)
    const checks = new Uint16Array(this.length)
    const starts = new Uint32Array(this.length + 1)
    const classes = new Uint32Array(this.length)
    let forms = 0
    let members = 0
    for (const [at, index] of order.entries()) {
      const before = at === 0 ? undefined : order[at - 1]
      const isNew = before === undefined || hash[before] !== hash[index]
      if (isNew) {
        hashes[forms] = Math.floor(hash[index]! / 65_536)
        checks[forms] = hash[index]! % 65_536
        starts[forms++] = members
      }
      if (isNew || ids[before!] !== ids[index]) classes[members++] = ids[index]!
    }
    starts[forms] = members
    return createNameClasses({
      hashes: hashes.slice(0, forms),
      checks: checks.slice(0, forms),
      starts: starts.slice(0, forms + 1),
      classes: classes.slice(0, members),
    })
  }
}
