import { digitsIn, holdsLuhn, holdsMod1110, holdsVerhoeff, holdsWeighted, weighted } from '#matching/check-digits'

/** Rules of one state each, by the name that `national-ids.json` calls them. */
export const nationalChecks: Readonly<Record<string, (text: string) => boolean>> = {
  luhn: holdsLuhn,
  verhoeff: holdsVerhoeff,
  iso7064mod1110: holdsMod1110,
  ean13: (text) => (10 - (weighted(digitsIn(text), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === last(text),
  divisibleByEleven: (text) => Number(text) % 11 === 0,
  austria: (text) => weighted(digitsIn(text), [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(text[3]),
  australiaBusiness: (text) => {
    const [first, ...rest] = digitsIn(text)
    return weighted([first! - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0
  },
  belgium: (text) => {
    const check = Number(text.slice(9))
    const number = Number(text.slice(0, 9))
    return 97 - (number % 97) === check || 97 - ((2_000_000_000 + number) % 97) === check
  },
  brazilPerson: (text) => brazil(text, descending(10, 9)) && brazil(text, descending(11, 10)),
  brazilFirm: (text) =>
    brazil(text, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) && brazil(text, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
  chile: (text) => {
    const digits = digitsIn(text.slice(0, -1)).reverse()
    const rest = 11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 2, 3]) % 11)
    return (rest === 11 ? '0' : rest === 10 ? 'K' : String(rest)) === text.at(-1)
  },
  chinaFirm: (text) => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const values = Array.from(text, (character) => letters.indexOf(character))
    const weights = Array.from({ length: 17 }, (_, index) => 3 ** index % 31)
    return letters[(31 - (weighted(values, weights) % 31)) % 31] === text.at(-1)
  },
  colombia: (text) => {
    const digits = digitsIn(text.slice(0, -1)).reverse()
    const rest = weighted(digits, [3, 7, 13, 17, 19, 23, 29, 37, 41]) % 11
    return (rest < 2 ? rest : 11 - rest) === last(text)
  },
  baltic: (text) => {
    const digits = digitsIn(text)
    const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    const second = weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11
    return (first < 10 ? first : second % 10) === last(text)
  },
  spain: (text) => {
    const number = Number(text.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2'))
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === text.at(-1)
  },
  finland: (text) => {
    const number = Number(text.slice(0, 6) + text.slice(-4, -1))
    return '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === text.at(-1)
  },
  france: (text) => {
    const number = Number(text.slice(0, 13).replace('2A', '19').replace('2B', '18'))
    return 97 - (number % 97) === Number(text.slice(13))
  },
  iran: (text) => {
    const rest = weighted(digitsIn(text), descending(10, 9)) % 11
    return (rest < 2 ? rest : 11 - rest) === last(text)
  },
  italy: (text) => {
    const odd = '1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23'.split(' ').map(Number)
    let sum = 0
    for (let index = 0; index < 15; index++) {
      const code = text.charCodeAt(index)
      const place = code < 65 ? code - 48 : code - 65
      sum += index % 2 === 0 ? odd[place]! : place
    }
    return sum % 26 === text.charCodeAt(15) - 65
  },
  japan: (text) => {
    const rest = weighted(digitsIn(text), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return (rest < 2 ? 0 : 11 - rest) === last(text)
  },
  korea: (text) => (11 - (weighted(digitsIn(text), [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === last(text),
  kazakhstan: (text) => {
    const digits = digitsIn(text)
    const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
    const second = weighted(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
    return (first < 10 ? first : second) === last(text)
  },
  yugoslavia: (text) => {
    const rest = 11 - (weighted(digitsIn(text), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
    return (rest > 9 ? 0 : rest) === last(text)
  },
  mexico: (text) => {
    const letters = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'
    const values = Array.from(text, (character) => letters.indexOf(character))
    return (10 - (weighted(values, descending(18, 17)) % 10)) % 10 === last(text)
  },
  netherlands: (text) => weighted(digitsIn(text), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  norway: (text) => {
    const first = { weights: [3, 7, 6, 1, 8, 9, 4, 5, 2], modulus: 11, complement: true }
    const second = { weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], modulus: 11, complement: true }
    return holdsWeighted(text.slice(0, 10), first) && holdsWeighted(text, second)
  },
  russiaPerson: (text) => {
    const first = { weights: [7, 2, 4, 10, 3, 5, 9, 4, 6, 8], modulus: 11, ten: '0' }
    const second = { weights: [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], modulus: 11, ten: '0' }
    return holdsWeighted(text.slice(0, 11), first) && holdsWeighted(text, second)
  },
  russiaFirm: (text) => (Number(text.slice(0, 12)) % 11) % 10 === last(text),
  russiaTrader: (text) => (Number(text.slice(0, 14)) % 13) % 10 === last(text),
  russiaPension: (text) => (weighted(digitsIn(text), descending(9, 9)) % 101) % 100 === Number(text.slice(9)),
  sweden: (text) => holdsLuhn(text.slice(-10)),
  thailand: (text) => (11 - (weighted(digitsIn(text), descending(13, 12)) % 11)) % 10 === last(text),
  turkey: (text) => {
    const digits = digitsIn(text)
    const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1])
    const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1])
    const tenth = (((odd * 7 - even) % 10) + 10) % 10
    return tenth === digits[9] && (odd + even + tenth) % 10 === digits[10]
  },
  taiwan: (text) => {
    const number = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(text[0]!) + 10
    return (
      weighted([Math.floor(number / 10), number % 10, ...digitsIn(text.slice(1))], [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) %
        10 ===
      0
    )
  },
  hongKong: (text) => {
    const values = Array.from(text.padStart(9, ' '), (it) => (it === ' ' ? 36 : Number.parseInt(it, 36)))
    return weighted(values, descending(9, 9)) % 11 === 0
  },
  singapore: (text) => {
    const later = text[0] === 'T' || text[0] === 'G' ? 4 : 0
    const rest = (weighted(digitsIn(text.slice(1, 8)), [2, 7, 6, 5, 4, 3, 2]) + later) % 11
    return (text[0] === 'S' || text[0] === 'T' ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[rest] === text.at(-1)
  },
  venezuela: (text) => {
    const kind = { V: 4, E: 8, J: 12, P: 16, G: 20 }[text[0]!] ?? 0
    const rest = 11 - ((kind + weighted(digitsIn(text.slice(1)), [3, 2, 7, 6, 5, 4, 3, 2])) % 11)
    return (rest > 9 ? 0 : rest) === last(text)
  },
}

function last(text: string): number {
  return Number(text.at(-1))
}

function descending(from: number, length: number): number[] {
  return Array.from({ length }, (_, index) => from - index)
}

/** Two check digits, each over all that stands before it: remainders below two are written 0. */
function brazil(text: string, weights: readonly number[]): boolean {
  const rest = weighted(digitsIn(text), weights) % 11
  return (rest < 2 ? 0 : 11 - rest) === Number(text[weights.length])
}
