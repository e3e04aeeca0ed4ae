import { addName, type ListEntry, type NameKind } from '#formats/list-entry'
import { scriptOf } from '#formats/text'

export interface WrittenName {
  /** The name without what stands beside it. */
  readonly base: string
  /** The same name in another script, or its acronym. */
  readonly others: readonly string[]
  /** What is said about the name: 'birth name', 'previously listed as'. */
  readonly remark: string
}

/** Parts a text at semicolons outside brackets and at list marks as in 'X b) Y'. */
export function splitNames(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text[index]
    if (unit === '(') depth++
    else if (unit === ')' && depth > 0) depth--
    else if (unit === ';' && depth === 0) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  parts.push(text.slice(start))
  return parts
    .flatMap((part) => part.split(/ [b-h]\) /))
    .map((part) => trimMarks(part, ' ,)', ' ,'))
    .filter((part) => part !== '')
}

/** Trims by hand: a pattern for the end of a text takes quadratic time on a run of commas. */
function trimMarks(text: string, atStart: string, atEnd: string): string {
  let [start, end] = [0, text.length]
  while (start < end && atStart.includes(text[start]!)) start++
  while (end > start && atEnd.includes(text[end - 1]!)) end--
  return text.slice(start, end)
}

/** Takes apart 'NAME (other writing; ACRONYM; remark)', 'NAME, born 1 Jan. 1953 (…)' and 'NAME الاسم'. */
export function readWrittenName(name: string): WrittenName {
  const start = name.indexOf(' (')
  const born = name.indexOf(', born ')
  if (born > 0 && (start === -1 || born < start)) {
    return { base: name.slice(0, born), others: [], remark: name.slice(born + 2) }
  }
  if (start > 0 && name.endsWith(')')) return readBrackets(name.slice(0, start), name.slice(start + 2, -1))
  const change = name.search(/(?=\p{L})\P{Script=Latin}/u)
  if (change > 1 && scriptOf(name) === null && /\p{Script=Latin}/u.test(name.slice(0, change))) {
    return { base: name.slice(0, change).trim(), others: [name.slice(change)], remark: '' }
  }
  return { base: name, others: [], remark: '' }
}

/**
 * Adds the writings of a name beside it. An acronym in Latin letters is a weak alias: three letters match too much to be
 * screened by alone.
 */
export function addOtherWritings(
  entry: ListEntry,
  { base, others }: WrittenName,
  as: { kind: NameKind; quality: string | null },
): void {
  for (const value of others) {
    addName(entry, { value, kind: isAcronymOf(value, base) ? 'weakAlias' : as.kind, quality: as.quality })
  }
}

function readBrackets(base: string, inside: string): WrittenName {
  const parts = splitNames(inside.replaceAll(') (', '; ')).map((part) =>
    part.replace(/^original script ?: ?/i, '').replace(/ ?\(original script\)$/i, ''),
  )
  const others = parts.filter((part) => isAcronymOf(part, base) || isOtherScript(part, base))
  return { base, others, remark: parts.filter((part) => !others.includes(part)).join('; ') }
}

function isOtherScript(part: string, base: string): boolean {
  const script = scriptOf(part)
  return script !== null && script !== scriptOf(base) && part.length <= 200
}

/** Capitals, all of them found in the name in that order: 'PAKISTAN' in brackets is a branch, not an acronym. */
function isAcronymOf(text: string, base: string): boolean {
  if (!/^[A-Z][A-Za-z/-]{1,11}$/.test(text) || scriptOf(base) !== 'Latn') return false
  const letters = base.normalize('NFKD').toUpperCase()
  let at = 0
  for (const letter of text.toUpperCase().replace(/[^A-Z]/g, '')) {
    at = letters.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return text.slice(1) !== text.slice(1).toLowerCase()
}
