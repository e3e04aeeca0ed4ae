import { pick, type Random, seeded } from '../invented.ts'
import companies from './companies.json' with { type: 'json' }
import people from './cultures.json' with { type: 'json' }

/** People and companies that are on no list: names as their cultures form them, drawn with a seed. EXERCISE: all invented. */

interface Culture {
  readonly name: string
  readonly form: readonly string[]
  readonly given: string
  readonly family: string
  readonly patronymic?: string
}

export interface Invented {
  readonly name: string
  /** The culture, or the kind of company, that it is drawn from. */
  readonly of: string
}

export function inventPeople(count: number, seed: number): readonly Invented[] {
  const random = seeded(seed)
  const cultures = people.cultures as readonly Culture[]
  return distinct(count, (at) => {
    const culture = cultures[at % cultures.length]!
    return { name: inventPerson(culture, random), of: culture.name }
  })
}

/** A given name of one culture and a family name of any. */
export function inventMixedPeople(count: number, seed: number): readonly Invented[] {
  const random = seeded(seed)
  const cultures = people.cultures as readonly Culture[]
  return distinct(count, (at) => {
    const culture = cultures[at % cultures.length]!
    const other = pick(random, cultures)
    const family = (other.family === '' ? other.given : other.family).split(' ')
    return { name: `${pick(random, culture.given.split(' '))} ${apart(pick(random, family))}`, of: culture.name }
  })
}

function inventPerson(culture: Culture, random: Random): string {
  const given = culture.given.split(' ')
  const family = culture.family === '' ? given : culture.family.split(' ')
  const part = (kind: string): string => {
    switch (kind) {
      case 'g':
      case 'p':
        return pick(random, given)
      case 'f':
      case 'm':
        return apart(pick(random, family))
      case 'b':
        return pick(random, ['bin', 'ben', 'ibn'])
      case 'r':
        return pick(random, culture.patronymic!.split(' '))
      case 'gg':
        return pick(random, given) + pick(random, given).toLowerCase()
      default:
        return `${pick(random, given)}-${pick(random, given)}`
    }
  }
  return pick(random, culture.form).split(' ').map(part).join(' ')
}

/** `Dela-Cruz` stands for two words, `al-Masri` for one. */
function apart(name: string): string {
  return name.startsWith('al-') ? name : name.replaceAll('-', ' ')
}

export function inventCompanies(count: number, seed: number): readonly Invented[] {
  const random = seeded(seed)
  const words = (list: string) => list.split(' ').map((word) => word.replaceAll('-', ' '))
  return distinct(count, (at) => {
    const kind = companies.kinds[at % companies.kinds.length]!
    const lists: Readonly<Record<string, string>> = kind.words
    const name = kind.form.replaceAll(/\{(\w+)\}/g, (_, list: string) => pick(random, words(lists[list]!)))
    return { name: name.replaceAll('_', ' '), of: kind.name }
  })
}

function distinct(count: number, invent: (at: number) => Invented): readonly Invented[] {
  const found = new Map<string, Invented>()
  for (let at = 0; found.size < count && at < count * 20; at++) {
    const one = invent(at)
    if (!found.has(one.name)) found.set(one.name, one)
  }
  return [...found.values()]
}
