import { readTable } from '#matching/alphabets'
import data from './tibetan.json' with { type: 'json' }

const consonants = readTable(data.consonants)
const finals = readTable(data.finals)
const under = readTable(data.under)
const vowels = readTable(data.vowels)
const subjoinedStart = 0x0f90
const subjoinedEnd = 0x0fbc
const subjoinedOffset = 0x50
/** They stand below a main letter; any other letter below is the main one, and what is above it is not said. */
const belowMain = 'ྱྲླྭ'
const above = 'རལས'
const mayFollowFinal = 'གངབམ'

/** A letter with what hangs below it and the vowel it bears. */
interface Stack {
  readonly letter: string
  below: string
  vowel: string
}

/** One Tibetan syllable to Latin letters: prefixes, letters above and second finals are not said; some finals only colour the vowel. */
export function romaniseTibetan(syllable: string): string {
  const stacks = stacksOf(syllable)
  const main = mainOf(stacks)
  const stack = stacks[main]
  if (stack === undefined) return ''
  const before = main > 0 ? stacks[main - 1]!.letter : ''
  const final = stacks[main + 1]?.letter ?? ''
  const isColoured = final !== '' && data.fronting.includes(final)
  return onsetOf(stack, before) + vowelOf(stack.vowel, isColoured) + (finals.get(final) ?? '')
}

export function isTibetan(word: string): boolean {
  return word >= '\u0f40' && word < '\u0fbd'
}

function stacksOf(syllable: string): Stack[] {
  const stacks: Stack[] = []
  for (const character of syllable) {
    const code = character.codePointAt(0)!
    const last = stacks.at(-1)
    if (consonants.has(character)) stacks.push({ letter: character, below: '', vowel: '' })
    else if (last !== undefined && vowels.has(character)) last.vowel = character
    else if (last !== undefined && code >= subjoinedStart && code <= subjoinedEnd) last.below += character
  }
  return stacks
}

/** The stack that bears a vowel or has something below it; of plain letters the first that is no prefix. */
function mainOf(stacks: readonly Stack[]): number {
  const marked = stacks.findIndex(({ below, vowel }) => below !== '' || vowel !== '')
  if (marked >= 0) return marked
  const [first, second, third] = stacks.map(({ letter }) => letter)
  if (third === undefined || !data.prefixes.includes(first!)) return 0
  const isSecondFinal = stacks.length === 3 && third === 'ས' && mayFollowFinal.includes(second!)
  return isSecondFinal ? 0 : 1
}

function onsetOf({ letter, below }: Stack, prefix: string): string {
  const isAbove = above.includes(letter) && below !== '' && !belowMain.includes(below[0]!)
  const main = isAbove ? String.fromCharCode(below.charCodeAt(0) - subjoinedOffset) : letter
  const beneath = isAbove ? below.slice(1) : below
  if (main === 'བ' && prefix === 'ད') return beneath.startsWith('ྱ') ? 'y' : 'w' // Wangchuk
  const joined = beneath === '' ? undefined : under.get(main + beneath[0])
  if (joined !== undefined) return joined
  const own = consonants.get(main) ?? ''
  if (beneath.startsWith('ླ')) return 'l'
  return beneath.startsWith('ྱ') ? `${own}y` : beneath.startsWith('ྲ') ? `${own}r` : own
}

/** Before some finals a is said e, and o nearly so. */
function vowelOf(sign: string, isColoured: boolean): string {
  const vowel = vowels.get(sign) ?? 'a'
  if (!isColoured) return vowel
  return vowel === 'a' ? 'e' : vowel === 'o' ? 'ȯ' : vowel
}
