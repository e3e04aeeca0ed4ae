import type { Looked } from '#capabilities/border/look-up'
import type { Presented } from '#capabilities/border/presented'
import type { Capability } from '#capabilities/capability'
import { capabilities } from '#capabilities/index'
import type { Alert, Alerts, TravelDocuments, Traveller } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import type { Candidate, Feature, FeatureName } from '#matching/candidate'

/** Alerts and declared documents as tests set them, in place of the capabilities that have them. EXERCISE people only. */

export function feature(name: FeatureName, score: number, query: string, candidate = query): Feature {
  return { name, score, query, candidate, explanation: '' }
}

export function matched(features: readonly Feature[]): Candidate {
  const evidence = {
    queryName: '',
    candidateName: '',
    nameQuality: 1,
    tokens: [],
    unmatchedQuery: [],
    unmatchedCandidate: [],
    agreeing: features.filter((it) => it.score > 0).map((it) => it.name),
    contradicting: features.filter((it) => it.score < 0).map((it) => it.name),
    comparable: [],
  }
  return { id: 'x', score: 0.9, features, evidence }
}

export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    id: `rec_${'a'.repeat(32)}`,
    version: 1,
    owner: 'fr',
    type: 'red',
    caption: 'EXERCISE Okello, Idris',
    asked: 'arrest',
    permitted: 'ask',
    loweredBy: 'exercise parameter',
    discreet: false,
    sought: ['place', 'route'],
    purposes: ['border-security'],
    expiresAt: '2030-01-01T00:00:00.000Z',
    ...change,
  }
}

export function presentedOf(change: Partial<Presented> = {}): Presented {
  return {
    names: ['Idris Okello'],
    birthDate: '1984-07-03',
    birthDates: [],
    nationalities: ['ke'],
    documents: [{ number: 'AK0123456', kind: 'passport', issuer: 'ke', issuerCode: 'KEN', expiry: '2030-01-01' }],
    ...change,
  }
}

export const noneLooked = (presented: Presented): Looked => ({
  presented,
  declared: presented.documents.map((document) => ({ document, declarations: [] })),
  met: [],
})

/** What a set alert is met by: a family name, and, where they are the same, number and birth date. */
export interface SetAlert {
  readonly alert: Partial<Alert> & { readonly id: RecordId }
  readonly surname: string
  readonly number?: string
  readonly birthDate?: string
}

const set = new Map<string, SetAlert[]>()
const declared = new Map<string, TravelDocuments['lookUp']>()

export function setAlerts(member: string, alerts: readonly SetAlert[]): void {
  set.set(member, [...alerts])
}

export function setDocuments(member: string, lookUp: TravelDocuments['lookUp']): void {
  declared.set(member, lookUp)
}

function meet({ properties }: Traveller, { alert, surname, number, birthDate }: SetAlert): Alert[] {
  const { name = [], birthDate: births = [], passportNumber = [] } = properties
  const features: Feature[] = []
  const said = name.find((it) => it.toUpperCase().includes(surname.toUpperCase()))
  if (said !== undefined) features.push(feature('name_match', 5, said, `EXERCISE ${surname}`))
  if (number !== undefined && passportNumber.includes(number)) features.push(feature('passport', 8, number))
  if (features.length === 0) return []
  if (birthDate !== undefined && births[0] !== undefined)
    features.push(
      births.includes(birthDate)
        ? feature('birth_date', 4, birthDate)
        : feature('birth_date_contradicts', -4, births[0], birthDate),
    )
  return [alertOf({ ...alert, match: matched(features) })]
}

const fixture: Capability = {
  name: 'alerts-of-tests',
  alerts: ({ identity }): Alerts => ({
    search: (traveller) => (set.get(identity.me) ?? []).flatMap((it) => meet(traveller, it)),
    find: (id) => set.get(identity.me)?.flatMap((it) => (it.alert.id === id ? [alertOf(it.alert)] : []))[0],
    version: 1,
  }),
  documents: ({ identity }): TravelDocuments => ({
    lookUp: (document) => declared.get(identity.me)?.(document) ?? [],
    size: 1,
  }),
}

const list = capabilities as Capability[]

/** Puts the fixture before all others: the first that has alerts has them. */
export function installAlerts(): void {
  if (!list.includes(fixture)) list.unshift(fixture)
}

export function removeAlerts(): void {
  if (list.includes(fixture)) list.splice(list.indexOf(fixture), 1)
}
