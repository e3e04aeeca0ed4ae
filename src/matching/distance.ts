import type { Phones } from '#matching/phones'
import data from './sounds.json' with { type: 'json' }

/** Costs are in hundredths of a plain consonant. */
const consonant = 100
const width = 128
const substitution = new Int16Array(width * width).fill(consonant)
const removal = new Int16Array(width).fill(consonant)
readExchanges()
readReadings()
readCosts(data.removals, removal)
const removalBesideAbjad = removal.slice()
readCosts(data.removalsBesideAbjad, removalBesideAbjad)
const removalBetweenAbjads = removal.slice()
readCosts(data.removalsBetweenAbjads, removalBetweenAbjads)
const removalsFor = [removal, removalBesideAbjad, removalBetweenAbjads] as const

function readCosts(text: string, costs: Int16Array): void {
  for (const entry of text.split(' ')) costs[entry.charCodeAt(0)] = Number(entry.slice(1))
}

function setBoth(a: number, b: number, cost: number): void {
  substitution[a * width + b] = cost
  substitution[b * width + a] = cost
}

function readExchanges(): void {
  for (const vowel of 'aeiou') {
    for (const other of 'aeiou') setBoth(vowel.charCodeAt(0), other.charCodeAt(0), 45)
  }
  for (const entry of data.exchanges.split(' ')) {
    setBoth(entry.charCodeAt(0), entry.charCodeAt(1), Number(entry.slice(2)))
  }
  for (let code = 0; code < width; code++) substitution[code * width + code] = 0
}

/** A sound that is left open costs what the nearest of its readings costs, and a little for the choice. */
function readReadings(): void {
  for (const [sound, text] of Object.entries(data.readings)) {
    const code = sound.charCodeAt(0)
    const readings = text.split(' ').map((entry) => [entry.charCodeAt(0), Number(entry.slice(1))] as const)
    removal[code] = Math.min(...readings.map(([reading]) => removal[reading]!))
    for (let other = 0; other < width; other++) {
      if (other === code) continue
      const costs = readings.map(([reading, cost]) => cost + substitution[reading * width + other]!)
      setBoth(code, other, Math.min(consonant, ...costs))
    }
  }
}

/** Of two vowels together an abjad writes one: Hussein has a ye that Hassan has not. */
const diphthong = 32
const isVowel = new Uint8Array(width)
for (const vowel of 'aeiou') isVowel[vowel.charCodeAt(0)] = 1

/** Less than this is no likeness. */
const alikeAtAll = 0.7
const otherGender = 40
const finalA = 'a'.charCodeAt(0)
const finalO = 'o'.charCodeAt(0)
const transposition = 60
const repetition = 25
const plural = 50
const strangeStart = 25
const longest = 40
/** A final s that may be an ending. */
const finalS = new Uint8Array(width)
for (const sound of 's+)') finalS[sound.charCodeAt(0)] = 1
const removals = new Int32Array(longest)
let before = new Int32Array(longest)
let above = new Int32Array(longest)
let row = new Int32Array(longest)

/**
 * How alike two words sound, 0 to 1: one less the cost of the cheapest edit over the mean cost of removing either whole.
 * `abjads` counts the sides written without short vowels: with exactly one, vowels of the other side cost next to nothing.
 * What is less alike than 0.7 is 0: no word is taken for another at that.
 */
export function phoneSimilarity(a: Phones, b: Phones, abjads: 0 | 1 | 2): number {
  if (a === b) return 1
  const remove = removalsFor[abjads]
  const total = (weigh(a, remove) + weigh(b, remove)) / 2
  if (total === 0) return 0
  let cost = editCost(a, b, { remove, limit: total * (1 - alikeAtAll) })
  if (substitution[(a.charCodeAt(0) & 127) * width + (b.charCodeAt(0) & 127)]! >= 60) cost += strangeStart
  if (abjads === 0 && endApart(a.charCodeAt(a.length - 1), b.charCodeAt(b.length - 1))) cost += otherGender
  return Math.max(0, 1 - cost / total)
}

/** Mario is not Maria. */
function endApart(a: number, b: number): boolean {
  return (a === finalA && b === finalO) || (a === finalO && b === finalA)
}

function weigh(phones: Phones, remove: Int16Array): number {
  let sum = 0
  for (let index = 0; index < phones.length; index++) sum += remove[phones.charCodeAt(index) & 127]!
  return sum
}

/** What leaving out one sound costs: less where the same stands before it, and for a final s. */
function removeAt(phones: Phones, index: number, remove: Int16Array): number {
  const code = phones.charCodeAt(index) & 127
  const cost = remove[code]!
  if (finalS[code] === 1 && index === phones.length - 1) return plural
  if (index === 0) return cost
  const before = phones.charCodeAt(index - 1) & 127
  if (code === before) return Math.min(cost, repetition)
  return remove === removalBesideAbjad && isVowel[code] === 1 && isVowel[before] === 1 ? diphthong : cost
}

/** Weighted optimal string alignment: substitution, removal, insertion, exchange of neighbours. Infinity above the limit. */
function editCost(
  a: Phones,
  b: Phones,
  { remove, limit }: { readonly remove: Int16Array; readonly limit: number },
): number {
  const columns = Math.min(b.length, longest - 1)
  above[0] = 0
  for (let j = 1; j <= columns; j++) {
    removals[j - 1] = removeAt(b, j - 1, remove)
    above[j] = above[j - 1]! + removals[j - 1]!
  }
  let least = 0
  for (let i = 1; i <= a.length; i++) {
    const x = a.charCodeAt(i - 1) & 127
    const removal = removeAt(a, i - 1, remove)
    row[0] = above[0]! + removal
    let leastHere = row[0]!
    for (let j = 1; j <= columns; j++) {
      const y = b.charCodeAt(j - 1) & 127
      let best = above[j - 1]! + substitution[x * width + y]!
      const removed = above[j]! + removal
      if (removed < best) best = removed
      const inserted = row[j - 1]! + removals[j - 1]!
      if (inserted < best) best = inserted
      if (i > 1 && j > 1 && x === (b.charCodeAt(j - 2) & 127) && y === (a.charCodeAt(i - 2) & 127) && x !== y) {
        const swapped = before[j - 2]! + transposition
        if (swapped < best) best = swapped
      }
      row[j] = best
      if (best < leastHere) leastHere = best
    }
    if (leastHere > limit && least > limit) return Infinity
    least = leastHere
    const spare = before
    before = above
    above = row
    row = spare
  }
  return above[columns]!
}

/** Plain edit similarity for words without sounds (numbers with letters, scripts without a table): one edit in five letters. */
export function letterSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const longer = Math.max(a.length, b.length)
  if (longer < 5 || longer > longest || Math.abs(a.length - b.length) > longer / 5) return 0
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      current[j] = Math.min(previous[j - 1]! + same, previous[j]! + 1, current[j - 1]! + 1)
    }
    previous = current
  }
  const similarity = 1 - previous[b.length]! / longer
  return similarity >= 0.8 ? similarity : 0
}
