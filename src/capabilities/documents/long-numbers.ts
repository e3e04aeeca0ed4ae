/** Texts of numbers that do not fit into two words, each once, in one block of bytes: its place stands for it. */
export interface LongNumbers {
  /** Where the text is kept, from now on. */
  keep(text: string): number
  /** Where it is kept; undefined when it is not. */
  find(text: string): number | undefined
  readonly size: number
  readonly bytes: number
  /** The block for a file, every text in its place, without those that nothing refers to any more. */
  contents(isUsed: (place: number) => boolean): Uint8Array
}

/** `kept` is a block that `contents` gave. */
export function createLongNumbers(seed: number, kept?: Uint8Array): LongNumbers {
  let text = Buffer.alloc(Math.max(1_024, (kept?.length ?? 0) * 2))
  let used = 1 // no text is at 0, which marks an empty place in the table
  let places = new Uint32Array(64)
  let count = 0
  if (kept !== undefined) takeIn(kept)

  function takeIn(block: Uint8Array): void {
    text.set(block)
    used = block.length
    for (let place = 1; place < used; place += text[place]! + 1) if (text[place + 1] !== 0) list(place)
  }

  function list(place: number): void {
    if (++count > places.length * 0.7) grow()
    places[seek(text.toString('latin1', place + 1, place + 1 + text[place]!))] = place
  }

  function isAt(place: number, wanted: string): boolean {
    if (text[place] !== wanted.length) return false
    for (let at = 0; at < wanted.length; at++) if (text[place + 1 + at] !== wanted.charCodeAt(at)) return false
    return true
  }

  function seek(wanted: string): number {
    let at = hashOf(wanted, seed) % places.length
    while (places[at] !== 0 && !isAt(places[at]!, wanted)) at = (at + 1) % places.length
    return at
  }

  function grow(): void {
    const before = places
    places = new Uint32Array(before.length * 2)
    for (const place of before) {
      if (place === 0) continue
      places[seek(text.toString('latin1', place + 1, place + 1 + text[place]!))] = place
    }
  }

  return {
    find(wanted) {
      return places[seek(wanted)] || undefined
    },
    keep(wanted) {
      const known = places[seek(wanted)]!
      if (known !== 0) return known
      if (used + wanted.length + 1 > text.length) text = Buffer.concat([text, Buffer.alloc(text.length)])
      const place = used
      text[place] = wanted.length
      text.write(wanted, place + 1, 'latin1')
      used += wanted.length + 1
      list(place)
      return place
    },
    get size() {
      return count
    },
    get bytes() {
      return text.length + places.byteLength
    },
    contents(isUsed) {
      const block = Uint8Array.from(text.subarray(0, used))
      for (let place = 1; place < used; place += block[place]! + 1)
        if (!isUsed(place)) block.fill(0, place + 1, place + 1 + block[place]!)
      return block
    },
  }
}

function hashOf(text: string, seed: number): number {
  let hash = seed | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x9e37_79b1)
  return (hash ^ (hash >>> 15)) >>> 0
}
