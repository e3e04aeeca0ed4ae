import type { Subject } from '#capabilities/subjects/record'

/** Invented people, the same in every run. */

export type Random = () => number

/** mulberry32: small, seeded, good enough to draw names with. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const starts =
  'Ab Al An Ar Be Bo Da De El Fa Ga Ha Is Jo Ka Ke La Le Ma Mi Mo Na No Om Pa Ra Re Sa Se Ta To Va Ya Ze'.split(' ')
const middles = 'bi da di du fa ga ha ja ka ki la li lo ma mi na ni no ra ri ro sa si ta ti va yo za'.split(' ')
const ends = 'ba d di f j k l m med mir n na nko r ra rin s sh sif t ta tov v wa z zar zin'.split(' ')
export const countries = ['ke', 'fr', 'id', 'ma', 'ng', 'ph', 'lb', 'kz', 'br', 'in', 'de', 'mx'] as const

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!
}

export function inventWord(random: Random): string {
  const middle = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, middles)).join('')
  return `${pick(random, starts)}${middle}${pick(random, ends)}`
}

export interface Person {
  readonly given: string
  readonly second: string
  readonly family: string
  /** ISO 8601, whole. */
  readonly born: string
  readonly country: string
  readonly passport: string
}

export function inventPerson(random: Random): Person {
  const two = (below: number) => String(1 + Math.floor(random() * below)).padStart(2, '0')
  return {
    given: inventWord(random),
    second: inventWord(random),
    family: `${inventWord(random)}${pick(random, middles)}`,
    born: `${1945 + Math.floor(random() * 60)}-${two(12)}-${two(28)}`,
    country: pick(random, countries),
    passport: `EX${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
  }
}

/** The person as an officer records one: names, birth, nationality, a passport, an address, a note. */
export function subjectOf({ given, second, family, born, country, passport }: Person): Subject {
  return {
    schema: 'Person',
    statements: {
      n1: { property: 'name', value: `${given} ${second} ${family}` },
      a1: { property: 'alias', value: `${family} ${given}` },
      b1: { property: 'birthDate', value: born },
      c1: { property: 'nationality', value: country },
      x1: { property: 'notes', value: 'EXERCISE: invented for a benchmark.' },
    },
    holds: {
      p1: {
        schema: 'Passport',
        statements: { n1: { property: 'number', value: passport }, c1: { property: 'country', value: country } },
      },
      l1: { schema: 'Address', statements: { f1: { property: 'full', value: `1 ${second} Road, ${given} Town` } } },
    },
    relations: {},
    action: 'report',
    discreet: false,
  }
}

/** The same person as another office might have it: family name first, one letter otherwise, day and month exchanged if they can be. */
export function twinOf(person: Person): Person {
  const [year, month, day] = person.born.split('-') as [string, string, string]
  return {
    ...person,
    family: person.family.replace(/([aeiou])(?=[^aeiou]*$)/, '$1h'),
    born: Number(day) <= 12 ? `${year}-${day}-${month}` : person.born,
    passport: `${person.passport}0`,
  }
}
