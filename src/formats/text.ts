import { fault, formatLimits } from '#formats/faults'

export type Chunks = AsyncIterable<Uint8Array | string>
/** 'latin-1' is read as windows-1252, its superset in which spreadsheets really write (WHATWG Encoding Standard). */
export type Encoding = 'utf-8' | 'latin-1'

const pieceLength = 65_536

/**
 * Decodes chunks into pieces of text of at most 64 Ki units, without the byte order mark. Strings pass as they are.
 * Throws `formats/not-utf8` at the first wrong byte, because a replaced letter in a name hides a person from screening,
 * and `formats/truncated` when the file ends inside a character.
 */
export async function* decodeChunks(chunks: Chunks, encoding: Encoding = 'utf-8'): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : 'utf-8', { fatal: true, ignoreBOM: true })
  let atStart = true
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += pieceLength) {
      let text = decodePiece(decoder, chunk, from)
      if (text === '') continue
      if (atStart && text.startsWith('\uFEFF')) text = text.slice(1)
      atStart = false
      if (text !== '') yield text
    }
  }
  try {
    decoder.decode()
  } catch (cause) {
    throw fault('formats/truncated', 'The file ends inside a character.', { cause })
  }
}

function decodePiece(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | string, from: number): string {
  if (typeof chunk === 'string') return chunk.slice(from, from + pieceLength)
  try {
    return decoder.decode(chunk.subarray(from, from + pieceLength), { stream: true })
  } catch (cause) {
    throw fault('formats/not-utf8', 'The file is not UTF-8 text. Name its encoding if it has another one.', { cause })
  }
}

/** Bidirectional overrides and marks, soft hyphen, byte order mark: they change how a name looks and not what it is. */
const invisible = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/**
 * One line of text: control characters and invisible marks stripped, runs of white space made one space, trimmed, well
 * formed, cut at `cap` units. The joiners U+200C and U+200D stay: Persian and Indic spelling needs them.
 */
export function plainText(text: string, cap: number = formatLimits.value): string {
  const line = oneLine(text)
  return line.length <= cap ? line : cut(line, cap).trimEnd()
}

/** As `plainText`, in as many parts as the cap asks for, so that a long text loses nothing. */
export function textParts(text: string, cap: number = formatLimits.value): string[] {
  const parts: string[] = []
  let rest = oneLine(text)
  while (rest.length > cap) {
    const space = rest.lastIndexOf(' ', cap)
    const part = space > cap / 2 ? rest.slice(0, space) : cut(rest, cap)
    parts.push(part.trim())
    rest = rest.slice(part.length).trimStart()
  }
  if (rest !== '') parts.push(rest)
  return parts
}

/** Printable ASCII with single spaces, as most of any list is: nothing to do, and cheap to see. */
const alreadyPlain = /^[!-~]+(?: [!-~]+)*$/

function oneLine(text: string): string {
  if (alreadyPlain.test(text)) return text
  return text
    .toWellFormed()
    .replace(invisible, '')
    .replace(/[\s\u0085]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

function cut(text: string, cap: number): string {
  const last = text.charCodeAt(cap - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? cap - 1 : cap)
}

const scripts = [
  ['Latn', /\p{Script=Latin}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Hang', /\p{Script=Hangul}/u],
  ['Hira', /\p{Script=Hiragana}/u],
  ['Kana', /\p{Script=Katakana}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Beng', /\p{Script=Bengali}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Armn', /\p{Script=Armenian}/u],
  ['Ethi', /\p{Script=Ethiopic}/u],
  ['Mymr', /\p{Script=Myanmar}/u],
  ['Khmr', /\p{Script=Khmer}/u],
  ['Taml', /\p{Script=Tamil}/u],
  ['Thaa', /\p{Script=Thaana}/u],
] as const

/** The ISO 15924 code of the script when the text has one only; null for none, several or a rare one. */
export function scriptOf(text: string): string | null {
  if (/^[\0-~]*$/.test(text)) return /[A-Za-z]/.test(text) ? 'Latn' : null
  const found = scripts.filter(([, pattern]) => pattern.test(text))
  return found.length === 1 ? found[0]![0] : null
}
