import { writeMrz } from '#formats/travel/mrz-write'
import { addTime } from '#kernel/clock'

/**
 * What the offices of the exercise write in its story of notices. Every person, company, file and number is invented. The story
 * is played from here by `npm run exercise` and, step by step, by people in the consoles.
 */

export const noticeWork = { purpose: 'criminal-proceedings', reference: 'EXERCISE-2026-02' } as const

export const wanted = {
  first: 'Tarek Miloud',
  last: 'Vasilenko',
  birthDate: '1984-02-11',
  passport: 'XE4410287',
} as const

const courier = { first: 'Salma', last: 'Wirahadi', birthDate: '1990-08-21', passport: 'XI7730154' } as const
const opponent = { first: 'Amina', last: 'Kerubo-Exercice' } as const

/** The lines of the three notices in any list. */
export const redCaption = `${wanted.first} ${wanted.last}`
export const discreetCaption = `${courier.first} ${courier.last}`
export const abusiveCaption = `${opponent.first} ${opponent.last}`

export function noticeHandling(change: object = {}, now = new Date()): object {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes: [noticeWork.purpose, 'counter-terrorism', 'border-security'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'wanted',
    nature: 'fact',
    basis: { instrument: 'Rules on the Processing of Data', provision: '82 to 87' },
    reviewAt: addTime(now, 2, 'years'),
    expiresAt: addTime(now, 4, 'years'),
    ...change,
  }
}

const states = { members: [], groups: [], sectors: ['state'] }

/** A red notice; without its penalty, which the desk asks for, until that is given. */
export function redNotice({ penalty }: { penalty: boolean }): object {
  return {
    type: 'red',
    channel: 'notice',
    reference: 'EXERCISE 2026/114',
    to: states,
    subject: {
      schema: 'Person',
      properties: {
        firstName: [wanted.first],
        lastName: [wanted.last],
        alias: ['Тарек Василенко'],
        gender: ['male'],
        birthDate: [wanted.birthDate],
        nationality: ['fr'],
        passportNumber: [wanted.passport],
        notes: ['EXERCISE: invented for training.'],
      },
      biometrics: { photograph: true, fingerprints: true, dna: false },
    },
    facts: {
      summary: 'Money was moved through three companies to pay for explosives (EXERCISE).',
      from: '2026-03-01',
      to: '2026-05-12',
      place: 'Marseille',
      country: 'fr',
      role: 'Signed the transfers and met the supplier.',
    },
    judicial: {
      stage: 'for-trial',
      charge: 'Financing of terrorism',
      law: 'Code pénal, article 421-2-2',
      ...(penalty ? { maximumPenaltyMonths: 120 } : {}),
      warrant: {
        authority: 'Tribunal judiciaire de Paris (EXERCISE)',
        reference: 'EX-2026-77',
        date: '2026-06-02',
        judicial: true,
        copyAttached: true,
      },
    },
    assurances: { hasPower: true, extraditionAuthorityConsulted: true, extraditionWillBeSought: true },
    asked: 'arrest',
    sought: ['place', 'time', 'route'],
  }
}

/** What Indonesia asks about a courier, of whom nothing may show at a counter. */
export function discreetNotice(): object {
  return {
    type: 'blue',
    channel: 'notice',
    reference: 'EXERCISE 2026/031',
    to: states,
    subject: {
      schema: 'Person',
      properties: {
        firstName: [courier.first],
        lastName: [courier.last],
        birthDate: [courier.birthDate],
        passportNumber: [courier.passport],
      },
    },
    facts: {
      summary: 'Carried money for a procurement network (EXERCISE).',
      from: '2026-07-01',
      place: 'Jakarta',
      country: 'id',
      role: 'Courier, as two witnesses say.',
    },
    interest: { status: 'suspect', asked: 'Route, contacts and what is carried.', case: 'EX-ID-9' },
    asked: 'inquiry-check',
    discreet: true,
    sought: ['route', 'objectsCarried'],
  }
}

/** A notice that misuses the channel: the acts are those of an opponent. */
export function abusiveNotice(): object {
  const {
    subject: _,
    facts: __,
    judicial,
    ...rest
  } = redNotice({ penalty: true }) as {
    subject: object
    facts: object
    judicial: object
  }
  return {
    ...rest,
    reference: 'EXERCISE 2026/118',
    subject: {
      schema: 'Person',
      properties: {
        firstName: [opponent.first],
        lastName: [opponent.last],
        gender: ['female'],
        birthDate: ['1979-05-30'],
        passportNumber: ['XK1190045'],
      },
      biometrics: { photograph: true, fingerprints: false, dna: false },
    },
    facts: {
      summary: 'Published articles against the government and called for a march (EXERCISE).',
      from: '2026-01-10',
      place: 'Nairobi',
      country: 'ke',
      role: 'Wrote the articles and spoke at the march.',
    },
    judicial: { ...judicial, charge: 'Support of extremism', law: 'Emergency act, section 4 (EXERCISE)' },
  }
}

const looked = 'Looked at with the file (EXERCISE); nothing speaks against it.'

/** The whole test of the review, every factor with a reason. */
export const findings = (factors: readonly string[], against: readonly string[] = []): object[] =>
  factors.map((factor) => ({
    factor,
    weighs: against.includes(factor) ? 'against' : 'neither',
    because: against.includes(factor) ? 'The acts are words of an opponent: predominantly political.' : looked,
  }))

export const publication = { outcome: 'published', note: 'The conditions are met (EXERCISE).' } as const

export const refusal = {
  outcome: 'refused',
  reason: 'neutrality',
  note: 'Predominantly political (EXERCISE).',
  against: ['offence', 'neutrality', 'context'],
} as const

/** The desk of Kenya at which the story is played. */
export const desk = 'ke-nbo-1a'

/** The passport of the courier as it is scanned at the counter. */
export const counterZone = writeMrz('TD3', {
  documentCode: 'P',
  issuer: 'IDN',
  documentNumber: courier.passport,
  nationality: 'IDN',
  birthDate: '900821',
  sex: 'F',
  expiryDate: '300101',
  primary: courier.last.toUpperCase(),
  secondary: courier.first.toUpperCase(),
}).join('\n')

export const answerToHit = { outcome: 'confirmed', note: 'The fingerprints agree (EXERCISE).' } as const

export const carriedOut = (at: string): object => ({
  located: true,
  place: 'Nairobi JKIA',
  seenAt: at,
  reason: 'Arrival from Paris',
  executed: { what: 'arrest', at, note: 'Held under the warrant (EXERCISE).' },
})

export const foundReport = (at: string): object => ({
  what: 'executed',
  at,
  place: 'Nairobi',
  country: 'ke',
  measures: 'Held under the warrant.',
})

export const ending = { how: 'executed', reason: `${wanted.last} is held in Nairobi.` } as const

/** A passenger list as a carrier sends it, with one passenger whose group is broken. */
export function passengerList(): Uint8Array<ArrayBuffer> {
  const passenger = (name: string, birth: string, document: string) => [
    `NAD+FL+++${name}`,
    'ATT+2++M',
    `DTM+329:${birth}`,
    'LOC+178+CDG',
    'LOC+179+NBO',
    'NAT+2+FRA',
    `DOC+P:110:111+${document}`,
    'DTM+36:300101',
    'LOC+91+FRA',
  ]
  const people = [
    ...passenger('DUPRE-EXERCICE:MARIE', '910405', 'XE0000001'),
    ...passenger('VASILENKO:TAREK MILOUD', '840211', wanted.passport),
    'NAD+FL+++OTIENO-EXERCISE:PAUL',
    'DTM+329:NOT A DATE',
    'LOC+178',
  ]
  const body = [
    'BGM+745',
    'NAD+MS+++EXERCISE AIR',
    'COM+00 000:TE',
    'TDT+20+EX814+++EX',
    'LOC+125+CDG',
    'DTM+189:2611280900:201',
    'LOC+87+NBO',
    'DTM+232:2611281900:201',
    ...people,
    'CNT+42:3',
  ]
  const segments = [
    'UNA:+.? ',
    'UNB+UNOA:4+EXAIR+EXGOV+261128:0700+1',
    'UNG+PAXLST+EXAIR+EXGOV+261128:0700+1+UN+D:05B',
    'UNH+1+PAXLST:D:05B:UN:IATA+EX1+01:F',
    ...body,
    `UNT+${body.length + 2}+1`,
    'UNE+1+1',
    'UNZ+1+1',
  ]
  return new TextEncoder().encode(`${segments.join("'\n")}'\n`)
}
