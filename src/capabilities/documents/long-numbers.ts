/** Texts of numbers that do not fit into two words, each once, in one block of bytes: its place stands for it. */
export interface LongNumbers {
  /** Where the text is kept, from now on. */
  keep(text: string): number
  /** Where it is kept; undefined when it is not. */
  find(text: string): number | undefined
  readonly bytes: number
}

export function createLongNumbers(seed: number): LongNumbers {
  let text = Buffer.alloc(1_024)
  let used = 1 // no text is at 0, which marks an empty place in the table
  let places = new Uint32Array(64)
  let count = 0

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
      if (++count > places.length * 0.7) grow()
      if (used + wanted.length + 1 > text.length) text = Buffer.concat([text, Buffer.alloc(text.length)])
      const place = used
      text[place] = wanted.length
      text.write(wanted, place + 1, 'latin1')
      used += wanted.length + 1
      places[seek(wanted)] = place
      return place
    },
    get bytes() {
      return text.length + places.byteLength
    },
  }
}

function hashOf(text: string, seed: number): number {
  let hash = seed | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x9e37_79b1)
  return (hash ^ (hash >>> 15)) >>> 0
}
