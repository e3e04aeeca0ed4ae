import type { ListFormatName } from '#formats/list-formats'

/** What a file is not, seen from its first bytes; null when it may be a list of this format. */
export type WrongStart = 'empty' | 'html' | 'packed' | 'other'

const begins: Readonly<Record<ListFormatName, RegExp>> = {
  'un-xml': /^</,
  'ofac-csv': /^["\d]/,
  'ofac-advanced-xml': /^</,
  'us-consolidated-csv': /^[^<{[]/,
  'eu-fsf-xml': /^</,
  'uk-list': /^[^{[]/,
  ftm: /^\{/,
  csv: /^[^<{[]/,
}

/** How gzip, ZIP (with and without entries) and PDF begin; a table may well begin with PK alone. */
const packed: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x25, 0x50, 0x44, 0x46],
]

/** Looks at the first 512 bytes: an error page that was stored as a list is refused before anything reads it. */
export function wrongStart(format: ListFormatName, bytes: Uint8Array): WrongStart | null {
  if (bytes.byteLength === 0) return 'empty'
  if (packed.some((start) => start.every((it, at) => bytes[at] === it))) return 'packed'
  const text = new TextDecoder()
    .decode(bytes.subarray(0, 512))
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text === '') return 'empty'
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return 'html'
  return begins[format].test(text) ? null : 'other'
}
