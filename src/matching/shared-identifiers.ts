import type { FeatureName } from '#matching/candidate'
import type { Finding } from '#matching/finding'
import { type Identifier, type IdentifierKind, sameIdentifier } from '#matching/identifiers'

/** Log-odds of an equal identifier, and of one whose check digits fail. */
const identifierWeights: Readonly<Record<IdentifierKind, readonly [number, number]>> = {
  passport: [5.4, 5.4],
  identifier: [5.3, 5.3],
  lei: [5.8, 4.5],
  bic: [3.5, 3.5],
  account: [5.4, 4.9],
  wallet: [5.6, 5.6],
  email: [5.2, 5.2],
  phone: [4.6, 4.6],
  imo: [5.6, 4.5],
  mmsi: [5.3, 5.3],
  call_sign: [3.5, 3.5],
  vin: [5.4, 5.4],
  serial: [4.2, 4.2],
}
const nationalPhone = 3.6

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

/** The strongest equal identifier of each kind. */
export function compareIdentifiers(
  query: readonly Identifier[],
  candidate: readonly Identifier[],
  findings: Finding[],
  comparable: string[],
): void {
  const best = new Map<FeatureName, Finding>()
  for (const a of query) {
    for (const b of candidate) {
      if (a.kind === b.kind && !comparable.includes(a.property)) comparable.push(a.property)
      if (!sameIdentifier(a, b)) continue
      const finding = identifierFinding(a, b)
      if ((best.get(finding.name)?.weight ?? 0) < finding.weight) best.set(finding.name, finding)
    }
  }
  findings.push(...best.values())
}

function identifierFinding(a: Identifier, b: Identifier): Finding {
  const kind = a.kind === b.kind ? a.kind : 'identifier'
  let weight = identifierWeights[kind][a.isVerified && b.isVerified ? 0 : 1]
  if (kind === 'phone' && a.value !== b.value) weight = nationalPhone
  const explanation = `The ${identifierWords[kind]} is the same: ${b.raw}.`
  return { name: kind, weight, query: a.raw, candidate: b.raw, explanation, isIdentifier: true, confirms: true }
}
