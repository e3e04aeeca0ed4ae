import { acronymKind, type ComparedNames, legalKind, nameKind } from '#matching/compared-names'
import { agreement } from '#matching/name-parts'
import { similarityFloor } from '#matching/term'
import { tokenLimit } from '#matching/tokens'

/** Pairs the words of two names one to one, whatever their order: what agrees most first, of equals what stands nearer. */
export class WordPairing {
  private readonly likenesses = new Float64Array(tokenLimit * tokenLimit)
  private readonly gains = new Float64Array(tokenLimit * tokenLimit)
  private readonly order = new Uint16Array(tokenLimit * tokenLimit)

  /** How alike two words are that were paired. */
  likeness(i: number, j: number): number {
    return this.likenesses[i * tokenLimit + j]!
  }

  pair(sides: ComparedNames): void {
    const { order } = this
    const { partners } = sides
    const count = this.rank(sides)
    for (let index = 0; index < count; index++) {
      const cell = order[index]!
      const [i, j] = [(cell / tokenLimit) | 0, cell % tokenLimit]
      if ((sides.usedQuery & (1 << i)) !== 0 || (sides.usedCandidate & (1 << j)) !== 0) continue
      sides.usedQuery |= 1 << i
      sides.usedCandidate |= 1 << j
      partners[i] = j
    }
    if (sides.query.isPerson) this.partInitials(sides)
  }

  /** The last name of one side is no middle initial of the other, whose last name is left over: Anna Volkov, Anna V. Libets. */
  private partInitials(sides: ComparedNames): void {
    const { partners, rows, columns } = sides
    const [lastOwn, lastOther] = [rows - 1, columns - 1]
    const isOwnFree = lastOwn >= 0 && (sides.usedQuery & (1 << lastOwn)) === 0
    const isOtherFree = lastOther >= 0 && (sides.usedCandidate & (1 << lastOther)) === 0
    if (isOwnFree === isOtherFree) return
    const i = isOtherFree ? lastOwn : partners.indexOf(lastOther)
    const j = i < 0 || i >= rows ? -1 : partners[i]!
    if (j < 0 || !isInitial(this.likeness(i, j)) || isSingle(sides, i, isOtherFree)) return
    partners[i] = -1
    sides.usedQuery &= ~(1 << i)
    sides.usedCandidate &= ~(1 << j)
  }

  /** Writes down the pairs that may be, best first; returns how many. */
  private rank({ query, vocabulary, kinds, ids, queryKinds, weights, partners, columns }: ComparedNames): number {
    const { gains, likenesses, order } = this
    let count = 0
    for (let i = 0; i < query.weighed.length; i++) {
      partners[i] = -1
      const word = query.words[i]!
      const { weight } = query.weighed[i]!
      for (let j = 0; j < columns; j++) {
        if ((queryKinds[i] === legalKind) !== (kinds[j] === legalKind)) continue // a company called Co is no Co.
        const likeness = vocabulary.likeness(word, ids[j]!)
        if (likeness === 0 || (isAcronym(queryKinds[i]!, kinds[j]!) && !isWhole(queryKinds[i]!, kinds[j]!, likeness)))
          continue
        const cell = i * tokenLimit + j
        likenesses[cell] = likeness
        gains[cell] = agreement(likeness) * Math.min(weight, weights[j]!)
        let place = count++
        while (place > 0 && this.isBetter(cell, order[place - 1]!)) {
          order[place] = order[place - 1]!
          place--
        }
        order[place] = cell
      }
    }
    return count
  }

  private isBetter(a: number, b: number): boolean {
    const difference = this.gains[a]! - this.gains[b]!
    if (difference !== 0) return difference > 0
    const apart =
      Math.abs(((a / tokenLimit) | 0) - (a % tokenLimit)) - Math.abs(((b / tokenLimit) | 0) - (b % tokenLimit))
    return apart !== 0 ? apart < 0 : a < b
  }
}

function isInitial(likeness: number): boolean {
  return likeness < similarityFloor
}

/** Whether the last name itself is the initial. */
function isSingle({ query, ids, vocabulary, columns }: ComparedNames, i: number, isQuery: boolean): boolean {
  return (isQuery ? query.weighed[i]!.term.text : vocabulary.text(ids[columns - 1]!)).length === 1
}

function isAcronym(a: number, b: number): boolean {
  return a === acronymKind || b === acronymKind
}

/** Initials are those of a name that is written in initials, and exactly; two long names of the same initials are two. */
function isWhole(a: number, b: number, likeness: number): boolean {
  return likeness === 1 && a !== b && (a === nameKind || b === nameKind)
}
