import type { Phones } from '#matching/phones'
import data from './sounds.json' with { type: 'json' }

/** Costs are in hundredths of a plain consonant. */
const consonant = 100
const width = 128
const substitution = new Uint8Array(width * width).fill(consonant)
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

/** Less than this is no likeness; below what any rule asks for. */
export const alikeAtAll = 0.75
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
const farAway = 1_000_000
/** The two words that are compared, and what leaving out each of their sounds costs. */
const longestRead = 64
const first = new Uint8Array(longestRead)
const second = new Uint8Array(longestRead)
let firstPhones: Phones = ''
/** By which costs its removals were read, and what it weighs by them. */
let firstRemove: Int16Array | undefined
let firstWeight = 0
let firstLength = 0
let secondLength = 0
const firstRemovals = new Int32Array(longestRead)
const secondRemovals = new Int32Array(longestRead)
/** What the cheapest sound of each word costs to leave out. */
let firstLeast = 0
let secondLeast = 0
/** By sound, what it costs at least to exchange it for one of the first word, if it was reckoned for that word. */
const leastExchange = new Int32Array(width)
const reckonedFor = new Uint32Array(width)
let firstReckoning = 1
const rowBefore = new Int32Array(longest)
const rowAbove = new Int32Array(longest)
const rowHere = new Int32Array(longest)

/**
 * How alike two words sound, 0 to 1: one less the cost of the cheapest edit over the mean cost of removing either whole.
 * `abjads` counts the sides written without short vowels: with exactly one, vowels of the other side cost next to nothing.
 * What is less alike than 0.75 is 0: no word is taken for another at that.
 */
export function phoneSimilarity(a: Phones, b: Phones, abjads: 0 | 1 | 2): number {
  if (a === b) return 1
  readFirst(a)
  secondLength = Math.min(b.length, longestRead)
  for (let index = 0; index < secondLength; index++) second[index] = b.charCodeAt(index) & 127
  return similarityOfRead(removalsFor[abjads], alikeAtAll)
}

/** Takes a word to be compared with others by `similarityTo`. */
export function readFirst(phones: Phones): void {
  if (phones === firstPhones) return
  firstPhones = phones
  firstRemove = undefined
  firstReckoning = firstReckoning === 0xffffffff ? forgetReckonings() : firstReckoning + 1
  firstLength = Math.min(phones.length, longestRead)
  for (let index = 0; index < firstLength; index++) first[index] = phones.charCodeAt(index) & 127
}

/** The likeness of the word that was read to one whose sounds lie among bytes, as `phoneSimilarity` has it; 0 for less than `least`. */
export function similarityTo(
  bytes: Uint8Array,
  { from, length, least }: { readonly from: number; readonly length: number; readonly least: number },
  abjads: 0 | 1 | 2,
): number {
  const word = first
  const other = second
  let isSame = length === firstLength
  for (let index = 0; index < length; index++) {
    const code = bytes[from + index]!
    other[index] = code
    if (word[index] !== code) isSame = false
  }
  secondLength = length
  return isSame ? 1 : similarityOfRead(removalsFor[abjads], least)
}

function similarityOfRead(remove: Int16Array, least: number): number {
  if (firstRemove !== remove) {
    firstRemove = remove
    firstWeight = readRemovals(firstRemovals, first, { length: firstLength, remove })
    firstLeast = leastRemoval
  }
  const total = (firstWeight + readRemovals(secondRemovals, second, { length: secondLength, remove })) / 2
  secondLeast = leastRemoval
  if (total === 0) return 0
  let apart = substitution[first[0]! * width + second[0]!]! >= 60 ? strangeStart : 0
  if (remove === removal && endApart(first[firstLength - 1]!, second[secondLength - 1]!)) apart += otherGender
  const limit = total * (1 - least) - apart
  if (limit < 0 || leastCost() > limit) return 0
  const cost = editCost(limit)
  return cost > limit ? 0 : 1 - (cost + apart) / total
}

/** What the second word costs at least: each of its sounds is left out, or stands for the nearest of the first, wherever that is. */
function leastCost(): number {
  const columns = secondLength < longest ? secondLength : longest - 1
  let sum = 0
  for (let index = 0; index < columns; index++) {
    const code = second[index]!
    const exchange = reckonedFor[code] === firstReckoning ? leastExchange[code]! : reckon(code)
    const removal = secondRemovals[index]!
    sum += exchange < removal ? exchange : removal
  }
  return sum
}

function reckon(code: number): number {
  let least = farAway
  for (let index = 0; index < firstLength; index++) {
    const cost = substitution[first[index]! * width + code]!
    if (cost < least) least = cost
  }
  reckonedFor[code] = firstReckoning
  leastExchange[code] = least
  return least
}

function forgetReckonings(): number {
  reckonedFor.fill(0)
  return 1
}

/** Mario is not Maria. */
function endApart(a: number, b: number): boolean {
  return (a === finalA && b === finalO) || (a === finalO && b === finalA)
}

/** The least that `readRemovals` wrote last. */
let leastRemoval = 0

/**
 * What leaving out each sound costs: less where the same stands before it, and for a final s. Returns what the sounds cost
 * without regard to their neighbours.
 */
function readRemovals(
  costs: Int32Array,
  codes: Uint8Array,
  { length, remove }: { readonly length: number; readonly remove: Int16Array },
): number {
  const isBesideAbjad = remove === removalBesideAbjad
  let last = -1
  let sum = 0
  let least = plural
  for (let index = 0; index < length; index++) {
    const code = codes[index]!
    const own = remove[code]!
    sum += own
    let cost = own
    if (code === last) cost = own < repetition ? own : repetition
    else if (isBesideAbjad && isVowel[code] === 1 && last >= 0 && isVowel[last] === 1) cost = diphthong
    costs[index] = cost
    if (cost < least) least = cost
    last = code
  }
  if (last >= 0 && finalS[last] === 1) costs[length - 1] = plural
  leastRemoval = least
  return sum
}

/**
 * Weighted optimal string alignment of the words that were read: substitution, removal, insertion, exchange of neighbours.
 * Only cells are followed from which the end can be reached within the limit, the sounds that one side has more left out at
 * their cheapest; what it returns above the limit is anything above it.
 */
function editCost(limit: number): number {
  const columns = secondLength < longest ? secondLength : longest - 1
  const more = columns - firstLength
  if ((more > 0 ? more * secondLeast : -more * firstLeast) > limit) return farAway
  let before = rowBefore
  let above = rowAbove
  let row = rowHere
  const word = first
  const other = second
  const removals = secondRemovals
  let start = 0
  let end = 0
  let startBefore = farAway
  let endBefore = -2
  let sum = 0
  above[0] = 0
  for (let j = 1; j <= columns; j++) {
    sum += removals[j - 1]!
    above[j] = sum
    if (sum + restOf(more - j) <= limit) end = j
  }
  let last = -1
  for (let i = 1; i <= firstLength; i++) {
    const x = word[i - 1]!
    const costs = x * width
    const removal = firstRemovals[i - 1]!
    const from = start < startBefore + 2 ? start : startBefore + 2
    if (from > columns) return farAway
    let startHere = farAway
    let endHere = -2
    let j = from
    let left = farAway
    if (j === 0) {
      left = above[0]! + removal
      row[0] = left
      if (left + restOf(more + i) <= limit) startHere = endHere = 0
      j = 1
    } else {
      row[j - 1] = farAway
      if (j > 1) row[j - 2] = farAway
    }
    let diagonal = above[j - 1]!
    for (; j <= columns; j++) {
      const y = other[j - 1]!
      const up = above[j]!
      let best = diagonal + substitution[costs + y]!
      diagonal = up
      if (up + removal < best) best = up + removal
      const inserted = left + removals[j - 1]!
      if (inserted < best) best = inserted
      if (y === last && j > 1 && x === other[j - 2] && x !== y) {
        const swapped = before[j - 2]! + transposition
        if (swapped < best) best = swapped
      }
      left = best
      row[j] = best
      if (best <= limit && best + restOf(more + i - j) <= limit) {
        if (startHere === farAway) startHere = j
        endHere = j
      } else if (j > end && j > endBefore + 1) break
    }
    for (j++; j <= columns; j++) row[j] = farAway
    startBefore = start
    endBefore = end
    start = startHere
    end = endHere
    last = x
    const spare = before
    before = above
    above = row
    row = spare
  }
  return above[columns]!
}

/** The least that is still to pay where so many sounds more of the second word are to come than of the first, or fewer. */
function restOf(more: number): number {
  return more > 0 ? more * secondLeast : -more * firstLeast
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
