import type { Phones } from '#matching/phones'

/** Costs are in hundredths of a plain consonant. */
const consonant = 100
const width = 128
const substitution = new Int16Array(width * width).fill(consonant)
const removal = new Int16Array(width).fill(consonant)
const removalBesideAbjad = new Int16Array(width).fill(consonant)

/** Pairs of sounds that spellings of one name exchange, and what the exchange costs. */
const exchanges =
  'ae18 ai40 ao30 au30 ei12 eo38 eu40 io45 iu45 ou8 iy5 ey20 uw10 ow15 vw15 bp35 bv45 fv18 fp45 bf60 ' +
  'td40 tT8 dD8 Td40 tD40 Ts20 Tz40 Dz15 Ds40 sz22 sS45 sc10 zc35 Ss45 SC25 Sj50 Cj30 Cc20 cj20 ck40 Ck35 CX35 jg22 ' +
  'jZ12 Zz35 Zg40 ZS40 jy30 dj45 zj45 kq4 kg35 qg12 kG35 gG8 qG10 Xk22 Xh12 XG30 Gh40 gh40 qX35 hH15 mn50 lr60 nN10 ' +
  'Aa0 Ae2 Ao12 Au12 Ai12 A`25 AH15 Wu0 Wo0 Ww0 Wv12 Wa30 We30 Wi30 Yy0 Yi0 Ye3 Ya30 Yj30 YA45 WA45 WY60 ' +
  '`a0 `e0 `i0 `o0 `u0 Ha0 He0 Hi10 Ho10 Ht5 HA15 Mi0 My0 MY0 Me2 Ma8 MA12 MH20'
for (const entry of exchanges.split(' ')) {
  const [a, b] = [entry.charCodeAt(0), entry.charCodeAt(1)]
  substitution[a * width + b] = Number(entry.slice(2))
  substitution[b * width + a] = Number(entry.slice(2))
}
for (const vowel of 'aeiou') {
  removal[vowel.charCodeAt(0)] = 38
  removalBesideAbjad[vowel.charCodeAt(0)] = 6 // abjads do not write it
  for (const other of 'aeiou') {
    if (substitution[vowel.charCodeAt(0) * width + other.charCodeAt(0)] === consonant) {
      substitution[vowel.charCodeAt(0) * width + other.charCodeAt(0)] = 45
    }
  }
}
for (let code = 0; code < width; code++) substitution[code * width + code] = 0
for (const [sound, cost] of Object.entries({ h: 50, w: 45, y: 35, H: 4, A: 35, W: 38, Y: 38, M: 30, '`': 8 })) {
  removal[sound.charCodeAt(0)] = cost
  removalBesideAbjad[sound.charCodeAt(0)] = cost
}
removalBesideAbjad['A'.charCodeAt(0)] = 22
removalBesideAbjad['W'.charCodeAt(0)] = 28
removalBesideAbjad['Y'.charCodeAt(0)] = 28
removalBesideAbjad['M'.charCodeAt(0)] = 28

const transposition = 60
const repetition = 25
const plural = 50
const strangeStart = 25
const longest = 40
const finalS = 's'.charCodeAt(0)
const removals = new Int32Array(longest)
let before = new Int32Array(longest)
let above = new Int32Array(longest)
let row = new Int32Array(longest)

/**
 * How alike two words sound, 0 to 1: one less the cost of the cheapest edit over the mean cost of removing either whole.
 * `abjads` counts the sides written without short vowels: with exactly one, vowels of the other side cost next to nothing.
 */
export function phoneSimilarity(a: Phones, b: Phones, abjads: 0 | 1 | 2): number {
  if (a === b) return 1
  const remove = abjads === 1 ? removalBesideAbjad : removal
  const total = (weigh(a, remove) + weigh(b, remove)) / 2
  if (total === 0) return 0
  let cost = editCost(a, b, remove)
  if (substitution[(a.charCodeAt(0) & 127) * width + (b.charCodeAt(0) & 127)]! >= 60) cost += strangeStart
  return Math.max(0, 1 - cost / total)
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
  if (code === finalS && index === phones.length - 1) return plural
  return index > 0 && code === (phones.charCodeAt(index - 1) & 127) ? Math.min(cost, repetition) : cost
}

/** Weighted optimal string alignment: substitution, removal, insertion, exchange of neighbours. */
function editCost(a: Phones, b: Phones, remove: Int16Array): number {
  const columns = Math.min(b.length, longest - 1)
  above[0] = 0
  for (let j = 1; j <= columns; j++) {
    removals[j - 1] = removeAt(b, j - 1, remove)
    above[j] = above[j - 1]! + removals[j - 1]!
  }
  for (let i = 1; i <= a.length; i++) {
    const x = a.charCodeAt(i - 1) & 127
    const removal = removeAt(a, i - 1, remove)
    row[0] = above[0]! + removal
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
    }
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
