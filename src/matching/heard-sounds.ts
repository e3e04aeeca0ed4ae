import { Buffer } from 'node:buffer'

/** Three sounds to each letter of the longest word. */
const room = 120
const [n, N, m, i, j, y] = Array.from('nNmijy', (sound) => sound.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
]
const isLabial = new Uint8Array(128)
for (const sound of 'bpVPB9') isLabial[sound.charCodeAt(0)] = 1

/** The sounds of one word while it is read, a byte to a sound: a string grown sound by sound would cost more than the reading. */
export class HeardSounds {
  readonly codes: Uint8Array = new Uint8Array(room)
  length = 0
  private readonly view = Buffer.from(this.codes.buffer)

  clear(): void {
    this.length = 0
  }

  add(sounds: string): void {
    for (let at = 0; at < sounds.length; at++) this.codes[this.length++] = sounds.charCodeAt(at)
  }

  get text(): string {
    return this.view.toString('latin1', 0, this.length)
  }

  /** An n before a lip sound may be said and written m; the endings iy, yy, ij, yi are one sound. */
  settle(): void {
    const { codes } = this
    let end = this.length
    for (let at = 0; at + 1 < end; at++) {
      if (codes[at] !== N || codes[at + 1] !== m) continue
      codes.copyWithin(at, at + 1, end)
      end--
      break
    }
    for (let at = 0; at + 1 < end; at++) if (codes[at] === n && isLabial[codes[at + 1]!] === 1) codes[at] = N
    this.length = end
    if (end <= 3) return
    const [before, last] = [codes[end - 2], codes[end - 1]]
    if ((before === i && (last === i || last === y || last === j)) || (before === y && last === i)) {
      codes[end - 2] = i
      this.length = end - 1
    }
  }
}
