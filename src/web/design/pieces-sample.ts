import type { Contents } from '../record/compare'
import type { Body } from '../record/facts'
import type { Previewed } from '../record/recipient-preview'

/** Invented data for the page of pieces: an EXERCISE, nobody is meant. */

const hour = 3_600_000

/** An instant so many hours from now. */
export const from = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

export const sampleRecord = {
  id: 'rec_00000000000000000000000000000000',
  type: 'subject',
  version: 3,
  owner: 'fr',
  state: 'active',
  caption: 'Yusuf Exercise-Mansouri · يوسف المنصوري',
  handling: {
    tlp: 'AMBER' as const,
    codes: [{ code: 'H2' as const }],
    purposes: ['counter-terrorism' as const],
    onward: 'ask' as const,
    grading: { scheme: 'admiralty' as const, source: 'B' as const, information: '2' as const },
    category: 'suspect' as const,
    nature: 'assessment' as const,
    basis: { instrument: 'Exercise instrument', provision: 'article 1' },
    reviewAt: from(24 * 300),
    expiresAt: from(24 * 900),
  },
}

export const sampleStatements = [
  { property: 'name', value: 'Yusuf Exercise-Mansouri' },
  { property: 'alias', value: 'يوسف المنصوري', source: 'Open source' },
  {
    property: 'birthDate',
    value: '1987-03-09',
    grading: { scheme: 'admiralty', source: 'C', information: '3' },
    nature: 'fact',
  },
] as const

const holding = { via: null, readVersion: null, since: from(-30), open: null, refusal: null }

export const sampleHoldings = [
  { ...holding, member: 'ke', version: 3, state: 'held', readVersion: 3 },
  { ...holding, member: 'id', version: 2, state: 'held', via: 'ke' },
  {
    ...holding,
    member: 'horizon-bank',
    version: 3,
    state: 'recalling',
    open: { kind: 'recall', since: from(-2), problem: null },
  },
] as const

const named = { n1: { property: 'name', value: 'Yusuf Exercise-Mansouri' } }

/** Two versions with something changed, something added, something taken out, and a field that is kept from others. */
export const sampleVersions: readonly [Contents, Contents & { readonly body: Body }] = [
  {
    handling: { tlp: 'GREEN', onward: 'audience', purposes: ['counter-terrorism'] },
    body: {
      schema: 'Person',
      statements: {
        ...named,
        b1: { property: 'birthDate', value: '1987' },
        c1: { property: 'country', value: 'fr' },
      },
    },
    marks: {},
  },
  {
    handling: { tlp: 'AMBER', onward: 'ask', purposes: ['counter-terrorism'] },
    body: {
      schema: 'Person',
      statements: {
        ...named,
        b1: { property: 'birthDate', value: '1987-03-09' },
        a1: { property: 'alias', value: 'يوسف المنصوري' },
      },
    },
    marks: { '/body/statements/a1': { audience: { members: ['ke'], groups: [], sectors: [] } } },
  },
]

export const sampleRecipients: readonly Previewed[] = [
  { member: 'ke', permit: true, because: [], withheld: [] },
  {
    member: 'id',
    permit: true,
    because: [],
    withheld: [{ pointer: '/body/statements/a1', rule: 'audience', text: 'id is not in the audience of this field.' }],
  },
  {
    member: 'horizon-bank',
    permit: false,
    because: [{ rule: 'audience', text: 'horizon-bank is not in the audience of the record.' }],
    withheld: [],
  },
]

export const sampleWork = { purpose: 'counter-terrorism', reference: 'EX-2026-1' }

export const sampleDefaults = {
  instrument: 'Exercise instrument',
  provision: 'article 1',
  reviewOn: from(24 * 180).slice(0, 10),
  expiresOn: from(24 * 365).slice(0, 10),
}
