import { pick, type Random } from '../invented.ts'
import cultures from './cultures.json' with { type: 'json' }
import { misspell } from './misspellings.ts'
import type { NamePair } from './name-pairs.ts'
import words from './pair-words.json' with { type: 'json' }

/** Pairs of names of people, made by rule. */

interface Drawn {
  readonly given: string
  /** Middle names, the father's and grandfather's name. */
  readonly middle: readonly string[]
  readonly family: string
  readonly culture: Culture
}

interface Culture {
  readonly name: string
  readonly given: string
  readonly family: string
  readonly patronymic?: string
}

type Made = readonly [a: string, b: string]
const people = cultures.cultures as readonly Culture[]
const perKind = 360
const splitList = (text: string) => text.split(' ').map((entry) => entry.split('='))
const nicknames = splitList(words.nicknames)
const gendered = splitList(words.gendered)
const others = splitList(words.others)
const generations = splitList(words.generations)
const western = people.filter(({ name }) => /English|France|Germany|Italy|Spain|Brazil|Philippines/.test(name))
const arab = people.filter(({ name }) => /Arab|Sudan|Pakistan|Afghan|East Africa/.test(name))
const hispanic = people.filter(({ name }) => /Spain|Philippines|Brazil/.test(name))
const slavic = people.filter(({ patronymic }) => patronymic !== undefined)
const eastAsian = people.filter(({ name }) => /Korea|China/.test(name))
const list = (text: string) => text.split(' ')

function drawPerson(random: Random, from: readonly Culture[] = people, middles = 1): Drawn {
  const culture = pick(random, from)
  const given = list(culture.given)
  const middle = new Set<string>()
  const first = pick(random, given)
  while (middle.size < middles) {
    const word = culture.patronymic === undefined ? pick(random, given) : pick(random, list(culture.patronymic))
    if (word !== first) middle.add(word)
  }
  const family = pick(random, culture.family === '' ? given : list(culture.family))
  return { given: first, middle: [...middle], family, culture }
}

const full = ({ given, middle, family }: Drawn) => [given, ...middle, family].join(' ')
const short = ({ given, family }: Drawn) => `${given} ${family}`
const changed = (drawn: Drawn, change: Partial<Drawn>): Drawn => ({ ...drawn, ...change })
/** The names of a culture that nobody takes for the one that is drawn. */
function otherOf(random: Random, names: string, than: string): string {
  const unlike = list(names).filter((it) => it[0] !== than[0] && it !== than)
  return unlike.length === 0 ? `${than}son` : pick(random, unlike)
}
const otherGiven = (random: Random, { culture, given }: Drawn) => otherOf(random, culture.given, given)
const otherFamily = (random: Random, { culture, family }: Drawn) =>
  otherOf(random, culture.family === '' ? culture.given : culture.family, family)
const upper = (text: string) => text.toUpperCase()

function spelt(random: Random, kind: string, name: string): string {
  for (let turn = 0; turn < 200; turn++) {
    const found = misspell(name, random)
    if (found?.kind === kind) return found.text
  }
  return name
}

const misread: readonly (readonly [RegExp, string])[] = [
  [/m/, 'rn'],
  [/rn/, 'm'],
  [/l/, '1'],
  [/o/, '0'],
  [/cl/, 'd'],
  [/d/, 'cl'],
  [/i/, 'l'],
  [/h/, 'b'],
  [/u/, 'v'],
]

function misreadOnce(random: Random, name: string): string {
  const fitting = misread.filter(([from]) => from.test(name))
  if (fitting.length === 0) return name
  const [from, to] = pick(random, fitting)
  return name.replace(from, to)
}

const marks: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  n: 'ñ',
  s: 'š',
  c: 'ç',
  z: 'ž',
}
const marked = (random: Random, name: string) =>
  Array.from(name, (letter) => (random() < 0.3 ? (marks[letter] ?? letter) : letter)).join('')

const same: Readonly<Record<string, (random: Random) => Made>> = {
  'middle name left out': (random) => both(drawPerson(random, western), full, short),
  'middle initial': (random) =>
    both(drawPerson(random, western), full, (it) => `${it.given} ${it.middle[0]![0]}. ${it.family}`),
  'initials of given names': (random) =>
    both(drawPerson(random, western), full, (it) => `${it.given[0]}. ${it.middle[0]![0]}. ${it.family}`),
  'father left out': (random) => both(drawPerson(random, arab, 1), full, short),
  'grandfather left out': (random) =>
    both(drawPerson(random, arab, 2), full, (it) => `${it.given} ${it.middle[0]} ${it.family}`),
  'patronymic left out': (random) => both(drawPerson(random, slavic), full, short),
  'second surname left out': (random) => {
    const it = drawPerson(random, hispanic)
    return [`${short(it)} ${otherFamily(random, it)}`, short(it)]
  },
  'family name first': (random) =>
    both(drawPerson(random), full, (it) => [it.family, it.given, ...it.middle].join(' ')),
  'comma order': (random) =>
    both(drawPerson(random), full, (it) => `${upper(it.family)}, ${[it.given, ...it.middle].join(' ')}`),
  'with a title': (random) =>
    both(drawPerson(random), full, (it) => `${pick(random, list(words.honorifics))} ${full(it)}`),
  'bin between': (random) =>
    both(drawPerson(random, arab), full, (it) => `${it.given} bin ${it.middle[0]} ${it.family}`),
  'short form': (random) => {
    const [name, ...forms] = pick(random, nicknames)
    const { family } = drawPerson(random, [...western, ...slavic])
    return [`${name} ${family}`, `${pick(random, forms)} ${family}`]
  },
  'letter mistyped': (random) => {
    const name = short(drawPerson(random))
    return [name, spelt(random, pick(random, ['letter left out', 'letters exchanged', 'other letter']), name)]
  },
  'other ear': (random) => {
    const name = short(drawPerson(random))
    return [name, spelt(random, pick(random, ['other ear', 'two habits']), name)]
  },
  'misread print': (random) => both(drawPerson(random), full, (it) => misreadOnce(random, full(it))),
  'marks on letters': (random) => both(drawPerson(random), full, (it) => marked(random, full(it))),
  'syllables apart': (random) => {
    const { culture, family } = drawPerson(random, eastAsian)
    const [a, b] = [pick(random, list(culture.given)), pick(random, list(culture.given)).toLowerCase()]
    const forms = [`${family} ${a}${b}`, `${family} ${a}-${b}`, `${family} ${a} ${b}`, `${a}${b} ${family}`]
    const first = pick(random, forms)
    return [
      first,
      pick(
        random,
        forms.filter((it) => it !== first),
      ),
    ]
  },
  'two surnames joined': (random) => {
    const it = drawPerson(random, western)
    const second = otherFamily(random, it)
    return [`${short(it)}-${second}`, pick(random, [`${short(it)} ${second}`, short(it), `${it.given} ${second}`])]
  },
  'written together': (random) =>
    both(drawPerson(random, arab), full, (it) => `${it.given}${it.middle[0]!.toLowerCase()} ${it.family}`),
}

const different: Readonly<Record<string, (random: Random) => Made>> = {
  'other given name': (random) => apart(random, (it) => changed(it, { given: otherGiven(random, it) }), short),
  'other given, same middle name': (random) =>
    apart(random, (it) => changed(it, { given: otherGiven(random, it) }), full),
  'other family name': (random) => apart(random, (it) => changed(it, { family: otherFamily(random, it) }), short),
  'other family, same middle name': (random) =>
    apart(random, (it) => changed(it, { family: otherFamily(random, it) }), full),
  'other middle name': (random) => {
    const it = drawPerson(random, western)
    return [full(it), full(changed(it, { middle: [otherOf(random, it.culture.given, it.middle[0]!)] }))]
  },
  'other middle initial': (random) => {
    const it = drawPerson(random, western)
    const other = otherOf(random, it.culture.given, it.middle[0]!)
    return [`${it.given} ${it.middle[0]![0]}. ${it.family}`, `${it.given} ${other[0]}. ${it.family}`]
  },
  'other patronymic': (random) => {
    const it = drawPerson(random, slavic)
    return [full(it), full(changed(it, { middle: [otherOf(random, it.culture.patronymic!, it.middle[0]!)] }))]
  },
  'other father': (random) => {
    const it = drawPerson(random, arab)
    return [full(it), full(changed(it, { middle: [otherOf(random, it.culture.given, it.middle[0]!)] }))]
  },
  'father and son': (random) => {
    const { given, middle, family } = drawPerson(random, arab, 2)
    return [[given, ...middle, family].join(' '), [...middle, family].join(' ')]
  },
  'of the other sex': (random) => {
    const { family } = drawPerson(random)
    const [a, b] = pick(random, gendered)
    return [`${a} ${family}`, `${b} ${family}`]
  },
  'names that differ by little': (random) => {
    const { family, given } = drawPerson(random)
    const [a, b] = pick(random, others)
    return random() < 0.6 ? [`${a} ${family}`, `${b} ${family}`] : [`${given} ${a}`, `${given} ${b}`]
  },
  'other generation': (random) => {
    const it = drawPerson(random, western)
    const [a, b] = pick(random, generations)
    return [`${short(it)} ${a}`, `${short(it)} ${b}`]
  },
  'other initial': (random) => {
    const it = drawPerson(random)
    return [short(it), `${otherGiven(random, it)[0]}. ${it.family}`]
  },
  'one common name shared': (random) => {
    const [it, other] = [drawPerson(random), drawPerson(random)]
    return [short(it), `${it.given} ${other.family} ${other.given}`]
  },
  'two of one culture': (random) => {
    const it = drawPerson(random)
    return [full(it), full(drawPerson(random, [it.culture]))]
  },
  'names exchanged among relatives': (random) => {
    const it = drawPerson(random, hispanic)
    const [second, third] = [otherFamily(random, it), otherFamily(random, it)]
    return [`${short(it)} ${second}`, `${otherGiven(random, it)} ${it.family} ${third}`]
  },
}

function both(drawn: Drawn, first: (it: Drawn) => string, second: (it: Drawn) => string): Made {
  return [first(drawn), second(drawn)]
}

function apart(random: Random, change: (it: Drawn) => Drawn, write: (it: Drawn) => string): Made {
  const it = drawPerson(random)
  return [write(it), write(change(it))]
}

export function personPairs(random: Random): readonly NamePair[] {
  const draw = (isSame: boolean, kinds: typeof same) =>
    Object.entries(kinds).flatMap(([kind, make]) =>
      Array.from({ length: perKind }, (): NamePair => {
        const [a, b] = make(random)
        return { kind, same: isSame, schema: 'Person', a, b }
      }),
    )
  return [...draw(true, same), ...draw(false, different)]
}
