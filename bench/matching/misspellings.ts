import { pick, type Random } from '../invented.ts'

/** How listed names are met elsewhere: typed wrongly, in another order, written down by another ear, cut. */

type Change = (words: readonly string[], random: Random) => readonly string[] | undefined

/** One word longer than three letters, changed; undefined when there is none or nothing changes. */
function inOneWord(change: (word: string, random: Random) => string): Change {
  return (words, random) => {
    const places = words.flatMap((word, at) => (word.length > 3 ? [at] : []))
    if (places.length === 0) return undefined
    const at = pick(random, places)
    const changed = change(words[at]!, random)
    return changed === words[at] ? undefined : words.with(at, changed)
  }
}

const habits: readonly (readonly [RegExp, string])[] = [
  [/ou/, 'u'],
  [/oo/, 'u'],
  [/ee/, 'i'],
  [/aa/, 'a'],
  [/kh/, 'h'],
  [/q/, 'k'],
  [/dh/, 'd'],
  [/th/, 't'],
  [/gh/, 'g'],
  [/j/, 'dj'],
  [/w/, 'ou'],
  [/u/, 'ou'],
  [/i/, 'ee'],
  [/sh/, 'ch'],
  [/y$/, 'i'],
  [/iy$/, 'y'],
  [/ov$/, 'off'],
  [/ah$/, 'a'],
  [/([b-df-hj-np-tv-z])\1/, '$1'],
  [/([mnls])(?=[aeiou])/, '$1$1'],
  [/e/, 'a'],
  [/o/, 'u'],
]

const changes: Readonly<Record<string, Change>> = {
  'letter left out': inOneWord((word, random) => {
    const at = 1 + Math.floor(random() * (word.length - 1))
    return word.slice(0, at) + word.slice(at + 1)
  }),
  'letters exchanged': inOneWord((word, random) => {
    const at = 1 + Math.floor(random() * (word.length - 2))
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
  }),
  'other letter': inOneWord((word, random) => {
    const at = 1 + Math.floor(random() * (word.length - 1))
    return word.slice(0, at) + pick(random, [...'aeioulnrst']) + word.slice(at + 1)
  }),
  'other ear': inOneWord((word, random) => {
    const fitting = habits.filter(([from]) => from.test(word))
    if (fitting.length === 0) return word
    const [from, to] = pick(random, fitting)
    return word.replace(from, to)
  }),
  'two habits': inOneWord((word, random) => {
    let spelt = word
    for (let turn = 0; turn < 2; turn++) {
      const fitting = habits.filter(([from]) => from.test(spelt))
      if (fitting.length === 0) return spelt
      const [from, to] = pick(random, fitting)
      spelt = spelt.replace(from, to)
    }
    return spelt
  }),
  'other order': (words) => (words.length < 2 ? undefined : [...words.slice(1), words[0]!]),
  'word left out': (words, random) => {
    if (words.length < 3) return undefined
    const at = Math.floor(random() * words.length)
    return words.filter((_, index) => index !== at)
  },
  'written together': (words, random) => {
    if (words.length < 2) return undefined
    const at = Math.floor(random() * (words.length - 1))
    return [...words.slice(0, at), words[at]! + words[at + 1]!, ...words.slice(at + 2)]
  },
  initial: (words) => (words.length < 3 ? undefined : words.with(0, `${words[0]![0]}.`)),
}
const kinds = Object.keys(changes)

/** The name spelt otherwise in one way, in lower case without punctuation; undefined when the way that is drawn does not fit. */
export function misspell(name: string, random: Random): { readonly text: string; readonly kind: string } | undefined {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}'’-]+/u)
    .filter((word) => word !== '')
  const kind = pick(random, kinds)
  const changed = changes[kind]!(words, random)
  return changed === undefined ? undefined : { text: changed.join(' '), kind }
}
