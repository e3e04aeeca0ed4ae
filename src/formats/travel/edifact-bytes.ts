import { Buffer } from 'node:buffer'
import type { Chunks } from '#formats/text'

const pieceLength = 65_536
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const western = new TextDecoder('windows-1252')

/** UTF-8 when the bytes are that; otherwise windows-1252, which gives every byte a letter, and never a lost one. */
export function decode(bytes: string): { text: string; sound: boolean } {
  if (!/[\x80-\xff]/.test(bytes)) return { text: bytes, sound: true }
  const raw = Buffer.from(bytes, 'latin1')
  try {
    return { text: utf8.decode(raw), sound: true }
  } catch {
    return { text: western.decode(raw), sound: false }
  }
}

/** Chunks as text with one unit for each byte. A file in UTF-16 that says so by its mark becomes UTF-8 first. */
export async function* byteText(chunks: Chunks): AsyncGenerator<string> {
  let start: Buffer | null = Buffer.alloc(0)
  let wide: InstanceType<typeof TextDecoder> | null = null
  const convert = (bytes: Uint8Array) =>
    wide === null
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      : Buffer.from(wide.decode(bytes, { stream: true }), 'utf8').toString('latin1')
  for await (const chunk of chunks) {
    let bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
    if (start !== null) {
      start = Buffer.concat([start, bytes])
      if (start.length < 2) continue
      const mark = start.readUInt16BE()
      if (mark === 0xfffe || mark === 0xfeff) wide = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be')
      bytes = start
      start = null
    }
    for (let at = 0; at < bytes.length; at += pieceLength) yield convert(bytes.subarray(at, at + pieceLength))
  }
  if (start !== null) yield convert(start)
}

/** Text as a report shows it: one line, at most 200 units. */
export function shown(text: string): string {
  const line = text.replace(/[\s\0]+/g, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

/** Without the mark of a byte order, and with blanks and NUL bytes as one blank. */
export function meaningful(text: string): string {
  return text
    .replace(/^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF|\uFEFF)/, '')
    .replace(/[\s\0]+/g, ' ')
    .trim()
}
