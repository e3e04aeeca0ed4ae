import titles from './name-titles.json' with { type: 'json' }

export interface TravelName {
  /** The parts as the message has them, joined by a slash: 'CLARK/MICHAEL'. */
  readonly raw: string
  /** Empty when the message gives none. */
  readonly surname: string
  /** Given and middle names, separated by blanks; empty when there are none. */
  readonly given: string
  /**
   * A title that the given name seems to end with, and the name without it. `LIMR` can be LI with MR or a name of its own: so
   * both are kept, and neither is taken for the other.
   */
  readonly title: { readonly title: string; readonly given: string } | null
}

/** Null when no part holds a letter. */
export function travelName(surname: string, given: readonly string[]): TravelName | null {
  const parts = [surname, ...given].map(tidy)
  if (!parts.some((it) => /\p{L}/u.test(it))) return null
  const names = parts.slice(1).filter((it) => it !== '')
  const joined = names.join(' ')
  return { raw: [parts[0]!, ...names].join('/'), surname: parts[0]!, given: joined, title: titleOf(names) }
}

function titleOf(names: readonly string[]): TravelName['title'] {
  for (const [index, name] of names.entries()) {
    for (const title of titles.titles) {
      const bare = name.endsWith(title) ? name.slice(0, -title.length).trim() : ''
      if (bare === '') continue
      const given = names.map((it, at) => (at === index ? bare : it)).join(' ')
      return { title, given }
    }
  }
  return null
}

/** Whether two names can be of one person as far as spelling goes: same family name, and one given name begins the other. */
export function sameTravelName(a: TravelName, b: TravelName): boolean {
  if (folded(a.surname) !== folded(b.surname)) return false
  const [one, two] = [folded(a.title?.given ?? a.given), folded(b.title?.given ?? b.given)]
  return one.startsWith(two) || two.startsWith(one) || folded(a.given) === folded(b.given)
}

const toleratedShare = 1 / 3
const shortestTolerated = 4

/**
 * Whether one of two names can be the other with a part of it damaged: one part is the same, and of the other at most a third
 * of the letters; or all of it stands in one part. Short parts have to agree: ADA and IDA are two people.
 */
export function nearTravelName(a: TravelName, b: TravelName): boolean {
  const whole = [folded(a.surname + a.given), folded(b.surname + b.given)] as const
  const isParted = a.given !== '' && b.given !== ''
  const parts = isParted
    ? ([
        [folded(a.surname), folded(b.surname)],
        [folded(a.given), folded(b.given)],
      ] as const)
    : [whole]
  const [other, ...rest] = parts.filter(([one, two]) => one !== two)
  if (other === undefined || rest.length > 0) return other === undefined
  const length = Math.min(other[0].length, other[1].length)
  return length >= shortestTolerated && editsBetween(...other) <= length * toleratedShare
}

function editsBetween(one: string, two: string): number {
  let before = Array.from({ length: two.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const now = [row]
    for (let at = 1; at <= two.length; at++) {
      const swap = before[at - 1]! + (one[row - 1] === two[at - 1] ? 0 : 1)
      now.push(Math.min(swap, before[at]! + 1, now[at - 1]! + 1))
    }
    before = now
  }
  return before.at(-1)!
}

export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 512)
}
