import type { FeatureName } from '#matching/candidate'
import type { Finding } from '#matching/finding'
import { type Likeness, likenessOf } from '#matching/identifier-likeness'
import { groupOf, type Identifier, type IdentifierKind, sameIdentifier } from '#matching/identifiers'
import data from './attribute-weights.json' with { type: 'json' }

const weights = data.identifiers as unknown as Readonly<
  Record<IdentifierKind, readonly [holds: number, none: number, fails: number]>
>
const nearWeights: Readonly<Record<Likeness, number>> = {
  confused: data.weights['identifier.confused'],
  checked: data.weights['identifier.checked'],
  typo: data.weights['identifier.typo'],
}
/** The most that a number that is not quite the same can add. */
export const mostNear: number = Math.max(...Object.values(nearWeights), data.shortSerial)
/** A maker's serial number of so few characters is another maker's as well: it counts as far as the names agree. */
const shortSerial = 4
/** Numbers of this length and shorter are given out by many offices. */
const shortNumber = 8

const identifierWords: Readonly<Record<IdentifierKind, string>> = {
  passport: 'passport number',
  identifier: 'identity or registration number',
  lei: 'legal entity identifier',
  bic: 'bank identifier code',
  account: 'account number',
  wallet: 'wallet address',
  email: 'e-mail address',
  phone: 'telephone number',
  imo: 'IMO number',
  mmsi: 'MMSI number',
  call_sign: 'call sign',
  vin: 'vehicle identification number',
  serial: 'serial number',
}

export interface Compared {
  readonly findings: Finding[]
  readonly comparable: string[]
  /** Whether both state a nationality and share none: a short number of theirs may be of two offices. */
  readonly isElsewhere: boolean
}

/** The strongest equal identifier of each kind and, where none is equal, the likest one. */
export function compareIdentifiers(
  query: readonly Identifier[],
  candidate: readonly Identifier[],
  { findings, comparable, isElsewhere }: Compared,
): void {
  const best = new Map<FeatureName, Finding>()
  const keep = (finding: Finding) => {
    if ((best.get(finding.name)?.weight ?? 0) < finding.weight) best.set(finding.name, finding)
  }
  let areSame = false
  for (const a of query) {
    for (const b of candidate) {
      if (a.kind === b.kind && !comparable.includes(a.property)) comparable.push(a.property)
      if (groupOf(a.kind) !== groupOf(b.kind)) continue
      if (sameIdentifier(a, b)) {
        areSame = true
        keep(sameFinding(a, b, isElsewhere))
      } else {
        const likeness = likenessOf(a, b)
        if (likeness !== undefined) keep(nearFinding(a, b, likeness))
      }
    }
  }
  if (areSame) best.delete('identifier_near')
  findings.push(...best.values())
}

function sameFinding(a: Identifier, b: Identifier, isElsewhere: boolean): Finding {
  const kind = a.kind === b.kind ? a.kind : 'identifier'
  const [holds, none, fails] = weights[kind]
  const checks = [a.check, b.check]
  let weight = checks.includes('fails') ? fails : checks.includes('holds') ? holds : none
  if (a.kind !== b.kind) weight += data.otherKind
  if (isElsewhere && groupOf(kind) === 'identifier' && a.value.length <= shortNumber) weight += data.otherCountry
  if (kind === 'phone' && a.value !== b.value) weight += data.nationalPhone
  const isShort = kind === 'serial' && a.value.length <= shortSerial
  if (isShort) weight = data.shortSerial
  const explanation = `The ${identifierWords[kind]} is the same: ${b.raw}.`
  return { name: kind, weight, query: a.raw, candidate: b.raw, explanation, isIdentifier: !isShort, confirms: true }
}

const likenessWords: Readonly<Record<Likeness, string>> = {
  confused: 'characters that are taken for each other',
  checked: 'the check digit at the end',
  typo: 'one character',
}

/** Counts as far as the names agree: strangers have numbers that are alike. */
function nearFinding(a: Identifier, b: Identifier, likeness: Likeness): Finding {
  const explanation = `The ${identifierWords[a.kind]} differs by ${likenessWords[likeness]}: ${a.raw} and ${b.raw}.`
  return {
    name: 'identifier_near',
    weight: nearWeights[likeness],
    query: a.raw,
    candidate: b.raw,
    explanation,
    isIdentifier: false,
    confirms: likeness !== 'typo',
  }
}
