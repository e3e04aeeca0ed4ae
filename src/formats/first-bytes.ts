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

/** Looks at the first 512 bytes: an error page that was stored as a list is refused before anything reads it. */
export function wrongStart(format: ListFormatName, bytes: Uint8Array): WrongStart | null {
  if (bytes.byteLength === 0) return 'empty'
  const [first, second] = bytes
  if ((first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b) || (first === 0x25 && second === 0x50))
    return 'packed' // gzip, ZIP, PDF
  const text = new TextDecoder()
    .decode(bytes.subarray(0, 512))
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text === '') return 'empty'
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return 'html'
  return begins[format].test(text) ? null : 'other'
}
