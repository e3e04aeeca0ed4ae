import { addTime } from '#kernel/clock'

/**
 * What the offices of the exercise record, share, answer and ask in its story. Every person, company and number is invented.
 * The story is played from here by `npm run exercise` and, step by step, by people in the consoles.
 */

export const storyWork = { purpose: 'counter-terrorism', reference: 'EXERCISE-2026-01' } as const

const basis = { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' }
const admiralty = (source: string, information: string) => ({ scheme: 'admiralty', source, information })

export function handling(category: string, change: object = {}, now = new Date()): object {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H2' }],
    purposes: [storyWork.purpose, 'terrorist-financing'],
    onward: 'ask',
    grading: admiralty('B', '2'),
    category,
    nature: 'assessment',
    basis,
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
    ...change,
  }
}

const graded = (property: string, value: string, extra: object = {}) => ({
  property,
  value,
  grading: admiralty('B', '2'),
  category: 'suspect',
  basis,
  ...extra,
})

export const suspectName = 'Yusuf Harun al-Mansouri'
/** Day and month of the first are exchanged; the second is the correction. */
export const birthDates = { recorded: '1984-03-07', corrected: '1984-07-03' } as const

export function suspect(birthDate: string): object {
  const associate = (name: string, role: string) => ({
    schema: 'Associate',
    other: { schema: 'Person', statements: { n1: graded('name', name, { category: 'associate' }) } },
    statements: { r1: graded('relationship', role, { category: 'associate' }) },
  })
  return {
    schema: 'Person',
    action: 'arrest',
    statements: {
      n1: graded('name', suspectName),
      n2: graded('alias', 'Youssef Haroun Mansouri'),
      n3: graded('alias', 'يوسف هارون المنصوري', { lang: 'ar' }),
      b1: graded('birthDate', birthDate),
      c1: graded('nationality', 'ke'),
      p1: graded('phone', '+33 7 00 00 12 34'),
      x1: graded('notes', 'EXERCISE: invented for training.'),
    },
    holds: {
      d1: { schema: 'Passport', statements: { n1: graded('number', 'EX4471903'), c1: graded('country', 'ke') } },
      a1: {
        schema: 'BankAccount',
        statements: {
          i1: graded('iban', 'FR7630006000011234567890189'),
          b1: graded('bankName', 'Horizon Bank (EXERCISE)'),
        },
      },
    },
    relations: { r1: associate('Idris Okello Exercise', 'driver'), r2: associate('Leïla Benali Exercice', 'landlady') },
  }
}

export const travellerName = 'Юсуф Харун Аль-Мансури'

export const traveller = {
  schema: 'Person',
  statements: {
    n1: { property: 'name', value: travellerName, lang: 'ru' },
    b1: { property: 'birthDate', value: birthDates.corrected },
    c1: { property: 'nationality', value: 'ke' },
    x1: { property: 'notes', value: 'EXERCISE: invented for training.' },
  },
}

const forKenyaAlone = { audience: { members: ['ke'], groups: [], sectors: [] } }

/** With Kenya and the bank, whom the associates do not concern. */
export const sharing = {
  with: { members: ['ke', 'horizon-bank'] },
  marks: { '/body/relations/r1': forKenyaAlone, '/body/relations/r2': forKenyaAlone },
}

export const hitDecision = {
  decision: 'hit',
  note: 'Same man: passport photograph compared by hand.',
  place: 'Mombasa',
  disclose: ['name', 'birthDate'],
}

export const confirmation = { outcome: 'confirmed', note: 'Confirmed: the photograph and the passport are his.' }

export const feedback = { done: 'Observed at the ferry in Mombasa, as the law here allows; not stopped.' }

export const onward = { to: 'id' }

export const onwardRequest = {
  permits: 'onward',
  recipients: ['id'],
  purposes: [storyWork.purpose],
  reason: 'He is thought to be travelling to Jakarta.',
}

export const grantDecision = {
  decision: 'grant',
  days: 30,
  reason: 'Necessary and proportionate for this journey.',
}

export const recall = { state: 'withdrawn', reason: 'The suspicion has fallen away.' }

/** With which an office takes back what is left of a round. */
export const newRound = { state: 'withdrawn', reason: 'EXERCISE: the story begins anew.' }

/** A lawful record of France that is then shared as it may not be: for another purpose, and after its expiry. */
export const lawfulRecord = (change: object = {}) => ({ handling: handling('suspect', change), body: traveller })

export const otherPurpose = 'victim-assistance'
