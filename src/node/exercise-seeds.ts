import { addTime } from '#kernel/clock'
import type { Handling, Purpose } from '#protocol/handling'

/** Records that the offices of the exercise have when it begins. Every person, company and number is invented. */

type Values = Readonly<Record<string, readonly string[]>>

function statements(values: Values) {
  const all = Object.entries(values).flatMap(([property, list]) => list.map((value) => ({ property, value })))
  return Object.fromEntries(all.map((it, at) => [`s${at + 1}`, it]))
}

function header(
  now: Date,
  category: Handling['category'],
  purposes: Purpose[] = ['counter-terrorism', 'border-security'],
): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes,
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '3' },
    category,
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
  }
}

const note = 'EXERCISE: invented for training.'

export function exerciseSeeds(now: Date): Record<string, Record<string, unknown>> {
  const subject = (schema: string, category: Handling['category'], values: Values, purposes?: Purpose[]) => ({
    handling: header(now, category, purposes),
    body: { schema, statements: statements({ ...values, notes: [note] }) },
  })
  return {
    fr: {
      subjects: {
        subjects: [
          subject('Person', 'suspect', {
            name: ['Rachid Benhaddou-Exercice'],
            alias: ['رشيد بنحدو'],
            birthDate: ['1987-11-02'],
            nationality: ['fr'],
          }),
          subject('Company', 'none', {
            name: ['Exercice Import-Export SARL'],
            country: ['fr'],
            registrationNumber: ['EX 552 100 001'],
          }),
        ],
      },
    },
    ke: {
      subjects: {
        subjects: [
          subject('Person', 'person-of-interest', {
            name: ['Salim Otieno Exercise'],
            birthDate: ['1990-05-17'],
            nationality: ['ke'],
          }),
          subject('Vessel', 'none', { name: ['MV EXERCISE PEARL'], flag: ['ke'], imoNumber: ['9074729'] }),
        ],
      },
    },
    id: {
      subjects: {
        subjects: [
          subject('Person', 'suspect', {
            name: ['Bambang Latihan'],
            alias: ['Abu Latihan'],
            birthDate: ['1979'],
            nationality: ['id'],
          }),
        ],
      },
    },
    'horizon-bank': {
      subjects: {
        subjects: [
          subject('Person', 'contact', { name: ['Claire Exercice'], birthDate: ['1971-01-09'], nationality: ['fr'] }, [
            'sanctions-implementation',
            'terrorist-financing',
          ]),
        ],
      },
    },
  }
}
