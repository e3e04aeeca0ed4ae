import { pick, type Random } from '../invented.ts'
import { misspell } from './misspellings.ts'
import type { NamePair } from './name-pairs.ts'
import words from './pair-words.json' with { type: 'json' }

/** Pairs of names of organisations, made by rule. */

type Made = readonly [a: string, b: string]
const list = (text: string) => text.split(' ')
const phrases = (text: string) => list(text).map((it) => it.replaceAll('-', ' '))
const groups = (text: string) => list(text).map((it) => it.split('='))
const heads = list(words.heads)
const places = list(words.places)
const ranks = list(words.ranks)
const forms = list(words.forms)
const things = phrases(words.things)
const numbered = phrases(words.numbered)
const abbreviations = groups(words.abbreviations)
const translations = groups(words.translations)
const trades = list(
  'Trading Shipping Construction Engineering Electronics Logistics Industries Petroleum Holding Services',
)
const perKind = 240

function two(random: Random, from: readonly string[]): readonly [string, string] {
  const first = pick(random, from)
  return [
    first,
    pick(
      random,
      from.filter((it) => it !== first),
    ),
  ]
}

const smallWords = new Set(['of', 'for', 'the', 'and'])

function initialsOf(name: string): string {
  const long = name.split(' ').filter((word) => !smallWords.has(word))
  return long.map((word) => word[0]!.toUpperCase()).join('')
}

const capitalsOf = (random: Random) => {
  const long = [pick(random, places), pick(random, ranks).replace("'", ''), pick(random, trades), pick(random, things)]
  return long.slice(random() < 0.5 ? 0 : 1).join(' ')
}

const same: Readonly<Record<string, (random: Random) => Made>> = {
  'legal form left out': (random) => {
    const name = `${pick(random, heads)} ${pick(random, trades)}`
    return [`${name} ${pick(random, forms)}`, name]
  },
  'legal form written otherwise': (random) => {
    const name = `${pick(random, heads)} ${pick(random, trades)}`
    const [a, b] = pick(random, [
      ['Ltd', 'Limited'],
      ['LLC', 'L.L.C.'],
      ['Co., Ltd.', 'Company Limited'],
      ['Inc.', 'Incorporated'],
      ['Corp.', 'Corporation'],
      ['JSC', 'Joint Stock Company'],
      ['LLC', 'Limited Liability Company'],
      ['S.A.', 'SA'],
      ['GmbH', 'G.m.b.H.'],
      ['OOO', 'LLC'],
    ] as const)
    return [`${name} ${a}`, `${name} ${b}`]
  },
  'word shortened': (random) => {
    const [long, short] = pick(random, abbreviations) as [string, string]
    const head = `${pick(random, heads)} ${pick(random, trades)}`
    return [`${head} ${long}`, `${head} ${short}`]
  },
  'word translated': (random) => {
    const forms = pick(random, translations)
    const [a, b] = two(random, forms)
    const head = random() < 0.6 ? pick(random, heads) : `${pick(random, heads)} ${pick(random, places)}`
    return [`${a} ${head}`, `${head} ${b}`]
  },
  'words in other order': (random) => {
    const [place, rank, thing] = [pick(random, places), pick(random, ranks), pick(random, things)]
    return [`${rank} ${thing} of ${place}`, `${place} ${rank} ${thing}`]
  },
  'initials for the whole': (random) => {
    const name = capitalsOf(random)
    return [name, initialsOf(name)]
  },
  'initials and the whole': (random) => {
    const name = capitalsOf(random)
    return [name, `${name} (${initialsOf(name)})`]
  },
  'points between letters': (random) => {
    const letters = initialsOf(capitalsOf(random))
    const trade = pick(random, trades)
    return [`${letters} ${trade}`, `${Array.from(letters).join('.')}. ${trade}`]
  },
  'organisation mistyped': (random) => {
    const name = `${pick(random, heads)} ${pick(random, trades)}`
    return [name, misspell(name, random)?.text ?? name]
  },
  'article and small words': (random) => {
    const [a, b] = [pick(random, heads), pick(random, trades)]
    return [`The ${a} ${b} & Sons Company`, `${a} ${b} and Sons Co`]
  },
  'organisation written together': (random) => {
    const [a, b] = two(random, heads)
    return [`${a} ${b} ${pick(random, forms)}`, `${a}${b.toLowerCase()} ${pick(random, forms)}`]
  },
  'number written otherwise': (random) => {
    const number = 1 + Math.floor(random() * 9)
    const [roman, word] = [
      list('I II III IV V VI VII VIII IX')[number - 1]!,
      list('First Second Third Fourth Fifth Sixth Seventh Eighth Ninth')[number - 1]!,
    ]
    const name = `${pick(random, heads)} ${pick(random, numbered)}`
    return pick(random, [
      [`${name} ${number}`, `${name} ${roman}`],
      [`${name} ${number}`, `${name} No. ${number}`],
      [`${word} ${name}`, `${ordinal(number)} ${name}`],
    ] as const)
  },
}

function ordinal(number: number): string {
  return `${number}${number === 1 ? 'st' : number === 2 ? 'nd' : number === 3 ? 'rd' : 'th'}`
}

const different: Readonly<Record<string, (random: Random) => Made>> = {
  'other place': (random) => {
    const [a, b] = two(random, places)
    const [rank, thing] = [pick(random, ranks), pick(random, things)]
    return pick(random, [
      [`${rank} ${thing} of ${a}`, `${rank} ${thing} of ${b}`],
      [`${a} ${thing}`, `${b} ${thing}`],
    ] as const)
  },
  'other number': (random) => {
    const first = 2 + Math.floor(random() * 60)
    const second = first + 1 + Math.floor(random() * 9)
    const name = `${pick(random, heads)} ${pick(random, numbered)}`
    return pick(random, [
      [`${name} ${first}`, `${name} ${second}`],
      [`${ordinal(first % 10 || 4)} ${name}`, `${ordinal((first + 3) % 10 || 5)} ${name}`],
    ] as const)
  },
  'other distinctive word': (random) => {
    const [a, b] = two(random, heads)
    const [trade, form] = [pick(random, trades), pick(random, forms)]
    return [`${a} ${trade} ${form}`, `${b} ${trade} ${form}`]
  },
  'other trade': (random) => {
    const [a, b] = two(random, trades)
    const place = pick(random, places)
    return [`${place} ${a} ${pick(random, forms)}`, `${place} ${b} ${pick(random, forms)}`]
  },
  'other thing of one place': (random) => {
    const [a, b] = two(random, things)
    const [place, rank] = [pick(random, places), pick(random, ranks)]
    return [`${place} ${rank} ${a}`, `${place} ${rank} ${b}`]
  },
  'other rank': (random) => {
    const [a, b] = two(random, ranks)
    const [place, thing] = [pick(random, places), pick(random, things)]
    return [`${a} ${thing} of ${place}`, `${b} ${thing} of ${place}`]
  },
  'other initials': (random) => {
    const [a, b] = [capitalsOf(random), capitalsOf(random)]
    return initialsOf(a) === initialsOf(b) ? [a, b] : [a, initialsOf(b)]
  },
  'common words shared': (random) => {
    const [a, b] = two(random, trades)
    return [`${pick(random, heads)} ${a} ${b} Company Ltd`, `${pick(random, ranks)} ${b} ${a} Company Ltd`]
  },
}

export function organisationPairs(random: Random): readonly NamePair[] {
  const draw = (isSame: boolean, kinds: typeof same) =>
    Object.entries(kinds).flatMap(([kind, make]) =>
      Array.from({ length: perKind }, (): NamePair => {
        const [a, b] = make(random)
        return { kind, same: isSame, schema: 'Company', a, b }
      }),
    )
  return [...draw(true, same), ...draw(false, different)]
}
