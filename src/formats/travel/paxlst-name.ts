import { type Segment, valuesAt } from '#formats/travel/edifact-segment'
import type { FindingCode } from '#formats/travel/findings'
import { type TravelName, travelName } from '#formats/travel/travel-name'
import codes from './paxlst-codes.json' with { type: 'json' }

export const parties = new Map(
  Object.entries(codes.parties as Record<string, { role: 'passenger' | 'crew'; transit: boolean }>),
)
export const reportingParties = new Set(codes.reportingParties)

export interface FoundName {
  readonly name: TravelName | null
  /** What is unusual about the way the name is written. */
  readonly findings: readonly FindingCode[]
}

/** Where a name may stand in NAD, the right place first: the party name, then name and address, the street, the party's identifier. */
const places = [3, 2, 4, 1] as const

/**
 * The name of a NAD. Components are family name, given names and at the end a code of their format. A name in another element,
 * in one component, or parted by a slash is found too, and said.
 */
export function nameOfParty(segment: Segment): FoundName {
  for (const place of places) {
    const parts = nameParts(valuesAt(segment, place))
    if (parts === null || (place !== 3 && /\d/.test(parts.join('')))) continue
    const next = place === 3 && parts.length === 1 ? givenBehind(segment) : null
    if (next !== null) return nameOf([...parts, ...next], ['misplaced-name'])
    return nameOf(parts, place === 3 ? [] : ['misplaced-name'])
  }
  const inside = withoutCode(valuesAt(segment, 0))
  const first = nameParts(inside.slice(inside.findIndex((it) => it !== '')))
  return first === null ? { name: null, findings: ['no-name'] } : nameOf(first, ['misplaced-name'])
}

/** The party code, from whatever the first element holds: 'FL', 'FL CLARK', 'CLARK' has none. */
export function partyCode(segment: Segment): string {
  const text = (valuesAt(segment, 0)[0] ?? '').toUpperCase()
  const found = /^([A-Z0-9]{1,3})(?![A-Z0-9])/.exec(text)
  return found === null ? '' : found[1]!
}

function withoutCode([first, ...rest]: readonly string[]): string[] {
  return [(first ?? '').replace(/^[A-Za-z0-9]{1,3}(?![A-Za-z0-9])/, '').trim(), ...rest]
}

/** Null when there is no letter. A component without one is a code of the format and no name; so is a letter in the sixth place. */
function nameParts(components: readonly string[]): string[] | null {
  const parts = components.map((it, index) => ((index < 5 ? /\p{L}/u : /\p{L}{2}/u).test(it) ? it : ''))
  while (parts.length > 1 && parts.at(-1) === '') parts.pop()
  return parts.some((it) => /\p{L}/u.test(it)) ? parts : null
}

function nameOf(parts: readonly string[], findings: readonly FindingCode[]): FoundName {
  const filled = parts.filter((it) => it !== '')
  const single = filled.length === 1 ? filled[0]! : null
  const cut = single === null ? null : /^(.*?)(?:\/|,|<<)(.*)$/.exec(single)
  if (cut !== null) {
    const given = cut[2]!.split('/').map((it) => it.replace(/<+/g, ' '))
    return { name: travelName(cut[1]!.replace(/<+/g, ' '), given), findings: [...findings, 'slash-name'] }
  }
  // a name in one place is kept whole, wherever it stood: cutting it at a blank would be a guess
  if (single !== null && parts[0] !== '')
    return { name: travelName(single, []), findings: [...findings, 'one-part-name'] }
  const name = travelName(parts[0]!, parts.slice(1))
  return { name, findings: parts[0] === '' ? [...findings, 'missing-surname'] : findings }
}

/** Given names in the element behind the name, when nothing else stands there that an address would have. */
function givenBehind(segment: Segment): string[] | null {
  const filled = segment.elements.slice(4).filter((it) => it.some((one) => one.trim() !== ''))
  if (filled.length !== 1 || filled[0] !== segment.elements[4]) return null
  const parts = nameParts(valuesAt(segment, 4))
  return parts === null || /\d/.test(filled[0]!.join('')) ? null : parts
}
