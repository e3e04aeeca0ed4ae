import { z } from 'zod'
import { attributeOf } from '#capabilities/screening/say-evidence'
import type { Explanation } from '#capabilities/screening/store'
import type { Feature } from '#matching/candidate'
import { compareDates, type PartialDate, parseDate } from '#matching/dates'
import { type Attributes, attributesOf, type MatchEntity } from '#matching/entity'
import { type Identifier, sameIdentifier } from '#matching/identifiers'

/** The reasons of a match in parts, for whoever has the words: one line for each attribute, ours beside theirs. */

const Token = z.object({ ours: z.string(), theirs: z.string(), rule: z.string() })

export const EvidenceLine = z.object({
  /** What was compared: `name`, `birthDate`, `country`, `gender`, or a kind of number. */
  attribute: z.string(),
  /** What comparing found: a feature of the matching, `same`, `other` (told apart, which counts for nothing) or `missing`. */
  finding: z.string(),
  verdict: z.enum(['agrees', 'contradicts', 'apart', 'missing']),
  /** What it moved the log-odds by; 0 for what is only said. */
  weight: z.number(),
  ours: z.string(),
  theirs: z.string(),
  /** Whole years between two dates that differ. */
  years: z.number().nullable(),
  /** Words of the name that met, and those that met none. */
  tokens: z.array(Token),
  oursOnly: z.array(z.string()),
  theirsOnly: z.array(z.string()),
})
export type EvidenceLine = z.infer<typeof EvidenceLine>

const order = ['agrees', 'contradicts', 'apart', 'missing'] as const

/**
 * Agreeing lines first, the weightiest on top, contradicting ones after. With both entities it also says what the two state
 * differently without weight, and what only one of them states.
 */
export function linesOf(
  { features, evidence }: Explanation,
  both?: { readonly ours: MatchEntity; readonly theirs: MatchEntity },
): EvidenceLine[] {
  const lines = features.map((it) => lineOf(it, evidence))
  if (both !== undefined)
    lines.push(
      ...unweighed(attributesOf(both.ours), attributesOf(both.theirs), new Set(lines.map((it) => it.attribute))),
    )
  return lines.sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || Math.abs(b.weight) - Math.abs(a.weight),
  )
}

const plain = { years: null, tokens: [], oursOnly: [], theirsOnly: [] }

function lineOf({ name, score, query, candidate }: Feature, evidence: Explanation['evidence']): EvidenceLine {
  const attribute = attributeOf(name)
  const base = { attribute, finding: name, weight: score, ours: query, theirs: candidate, ...plain }
  const verdict = score < 0 ? ('contradicts' as const) : ('agrees' as const)
  if (attribute === 'name') {
    const tokens = evidence.tokens.map((it) => ({ ours: it.query, theirs: it.candidate, rule: it.rule }))
    const [oursOnly, theirsOnly] = [[...evidence.unmatchedQuery], [...evidence.unmatchedCandidate]]
    return { ...base, verdict, tokens, oursOnly, theirsOnly }
  }
  return { ...base, verdict, years: attribute.endsWith('Date') ? yearsBetween(query, candidate) : null }
}

function yearsBetween(a: string, b: string): number | null {
  const [one, other] = [parseDate(a), parseDate(b)]
  return one === undefined || other === undefined ? null : (compareDates([one], [other])?.yearsApart ?? null)
}

/** What the score does not rest on, and a person wants to know before deciding. */
function unweighed(ours: Attributes, theirs: Attributes, said: ReadonlySet<string>): EvidenceLine[] {
  const facts: [attribute: string, ours: readonly string[], theirs: readonly string[]][] = [
    ['birthDate', textsOf(ours.birth), textsOf(theirs.birth)],
    ['incorporationDate', textsOf(ours.founded), textsOf(theirs.founded)],
    ['country', [...ours.countries], [...theirs.countries]],
    ['birthPlace', ours.birthPlaces, theirs.birthPlaces],
    ['address', ours.addresses, theirs.addresses],
    ['gender', [...ours.genders], [...theirs.genders]],
  ]
  const kinds = new Set([...ours.identifiers, ...theirs.identifiers].map((it) => it.kind))
  for (const kind of kinds) {
    const of = (all: readonly Identifier[]) => all.filter((it) => it.kind === kind)
    const [a, b] = [of(ours.identifiers), of(theirs.identifiers)]
    // A number that met one of another kind is told there: a passport of one office is an identity number of the other.
    const met = a.some((one) => theirs.identifiers.some((it) => sameIdentifier(one, it)))
    if (!met) facts.push([kind, a.map((it) => it.raw), b.map((it) => it.raw)])
  }
  return facts.flatMap(([attribute, a, b]) => {
    if (said.has(attribute) || (a.length === 0 && b.length === 0)) return []
    const finding = a.length === 0 || b.length === 0 ? 'missing' : attribute === 'gender' ? 'same' : 'other'
    const verdict = ({ missing: 'missing', same: 'agrees', other: 'apart' } as const)[finding]
    return [{ attribute, finding, verdict, weight: 0, ours: listOf(a), theirs: listOf(b), ...plain }]
  })
}

const textsOf = (dates: readonly PartialDate[]) => dates.map((it) => it.text)

const shownValues = 4

function listOf(values: readonly string[]): string {
  const all = [...new Set(values)]
  return all.slice(0, shownValues).join(', ') + (all.length > shownValues ? ', …' : '')
}
