import { glueWords } from '#matching/glue'
import { type AlignedPair, agreement, comparisonWeights, isNaming, tokenWeight, type WeighedToken } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import { telling } from '#matching/score'
import { tokenKinds, tokenLimit } from '#matching/tokens'
import type { Vocabulary, Word } from '#matching/vocabulary'

/** A name of a query, cut, weighed, its words looked up. */
export interface ComparedName {
  readonly weighed: readonly WeighedToken[]
  readonly words: readonly Word[]
}

const legal = tokenKinds.indexOf('legal')
const number = tokenKinds.indexOf('number')
const nameKind = tokenKinds.indexOf('name')
const naming = tokenKinds.map(isNaming)
const unknownRole = 'unknown'

/**
 * Compares a name of a query with indexed names, one after the other. Words are paired one to one whatever their order, best
 * first; then words that one side writes together and the other apart. The results of the last comparison stand in the fields.
 */
export class NameComparer {
  /** 0 to 1: how much of the query's name, by weight, is found in the candidate's, less what is left over on either side. */
  quality = 0
  /** Nats: how much the words that agree tell. Two common names tell less than one rare name. */
  information = 0
  /** How many words that are names agree. */
  agreeingNames = 0

  private readonly vocabulary: Vocabulary
  private readonly names: NameTable
  private first = 0
  private last = 0
  private readonly kinds = new Uint8Array(tokenLimit)
  private readonly ids = new Uint32Array(tokenLimit)
  private readonly weights = new Float64Array(tokenLimit)
  private readonly likenesses = new Float64Array(tokenLimit * tokenLimit)
  private readonly gains = new Float64Array(tokenLimit * tokenLimit)
  private readonly order = new Uint16Array(tokenLimit * tokenLimit)
  private readonly partners = new Int8Array(tokenLimit)
  private readonly queryKinds = new Uint8Array(tokenLimit)
  private usedQuery = 0
  private usedCandidate = 0
  private glued: readonly AlignedPair[] = []
  private query: ComparedName = { weighed: [], words: [] }

  constructor(vocabulary: Vocabulary, names: NameTable) {
    this.vocabulary = vocabulary
    this.names = names
  }

  compare(query: ComparedName, name: number): void {
    this.begin(query, name)
    this.pair()
    this.glue()
    this.measure()
  }

  private begin(query: ComparedName, name: number): void {
    const { names, vocabulary } = this
    if (this.query !== query) {
      this.query = query
      for (let i = 0; i < query.weighed.length; i++) this.queryKinds[i] = tokenKinds.indexOf(query.weighed[i]!.kind)
    }
    this.first = names.startOf(name)
    this.last = names.endOf(name)
    for (let at = this.first, j = 0; at < this.last; at++, j++) {
      const id = names.wordAt(at)
      const kind = names.kindNumberAt(at)
      this.ids[j] = id
      this.kinds[j] = kind
      this.weights[j] = tokenWeight(tokenKinds[kind]!, vocabulary.information(id))
    }
  }

  private pair(): void {
    const { query, vocabulary, kinds, queryKinds, weights, gains, likenesses, order, partners } = this
    const columns = this.last - this.first
    let count = 0
    for (let i = 0; i < query.weighed.length; i++) {
      partners[i] = -1
      const word = query.words[i]!
      const { weight } = query.weighed[i]!
      for (let j = 0; j < columns; j++) {
        if ((queryKinds[i] === legal) !== (kinds[j] === legal)) continue // a company called Co is no Co.
        const likeness = vocabulary.likeness(word, this.ids[j]!)
        if (likeness === 0) continue
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
    this.usedQuery = 0
    this.usedCandidate = 0
    for (let index = 0; index < count; index++) {
      const cell = order[index]!
      const [i, j] = [(cell / tokenLimit) | 0, cell % tokenLimit]
      if ((this.usedQuery & (1 << i)) !== 0 || (this.usedCandidate & (1 << j)) !== 0) continue
      this.usedQuery |= 1 << i
      this.usedCandidate |= 1 << j
      partners[i] = j
    }
  }

  private isBetter(a: number, b: number): boolean {
    const difference = this.gains[a]! - this.gains[b]!
    if (difference !== 0) return difference > 0
    const apart = Math.abs(((a / tokenLimit) | 0) - (a % tokenLimit)) - Math.abs(((b / tokenLimit) | 0) - (b % tokenLimit))
    return apart !== 0 ? apart < 0 : a < b
  }

  private glue(): void {
    this.glued = []
    const rows = this.query.weighed.length
    const columns = this.last - this.first
    const freeQuery = (~this.usedQuery & ((1 << rows) - 1)) >>> 0
    const freeCandidate = (~this.usedCandidate & ((1 << columns) - 1)) >>> 0
    if (freeQuery === 0 || freeCandidate === 0 || !this.mayGlue(freeQuery, freeCandidate)) return
    this.glued = glueWords(this.query.weighed, this.candidate(), {
      freeQuery: bitsOf(freeQuery),
      freeCandidate: bitsOf(freeCandidate),
    })
    for (const pair of this.glued) {
      for (const i of pair.query) this.usedQuery |= 1 << i
      for (const j of pair.candidate) this.usedCandidate |= 1 << j
    }
  }

  /** Whether a word is about as long as two neighbours on the other side, or has a word of the other side at an end. */
  private mayGlue(freeQuery: number, freeCandidate: number): boolean {
    const { weighed } = this.query
    for (let i = 0; freeQuery >>> i !== 0; i++) {
      if ((freeQuery & (1 << i)) === 0) continue
      const a = weighed[i]!.term.text
      const next = (freeQuery & (2 << i)) === 0 ? '' : weighed[i + 1]!.term.text
      for (let j = 0; freeCandidate >>> j !== 0; j++) {
        if ((freeCandidate & (1 << j)) === 0) continue
        const b = this.vocabulary.term(this.ids[j]!).text
        if (a.length >= 4 && b.length >= 4 && a.length !== b.length) {
          const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
          if (longer.endsWith(shorter) || longer.startsWith(shorter)) return true
        }
        if (next !== '' && mayJoin(a, next, b)) return true
        if ((freeCandidate & (2 << j)) !== 0 && mayJoin(b, this.vocabulary.term(this.ids[j + 1]!).text, a)) return true
      }
    }
    return false
  }

  /** The tokens of the indexed name last compared. */
  candidate(): readonly WeighedToken[] {
    const tokens: WeighedToken[] = []
    for (let at = this.first; at < this.last; at++) {
      const term = this.vocabulary.term(this.names.wordAt(at))
      const [kind, role, script] = [this.names.kindAt(at), this.names.roleAt(at), this.names.scriptAt(at)]
      tokens.push({ term, kind, role, script, weight: this.weights[at - this.first]! })
    }
    return tokens
  }

  /** The pairs of the last comparison, in the order of the query. */
  pairs(): readonly AlignedPair[] {
    const pairs: AlignedPair[] = [...this.glued]
    for (let i = 0; i < this.query.weighed.length; i++) {
      const j = this.partners[i]!
      if (j < 0) continue
      pairs.push({ query: [i], candidate: [j], similarity: this.likenesses[i * tokenLimit + j]!, isGlued: false })
    }
    return pairs.sort((a, b) => a.query[0]! - b.query[0]!)
  }

  private measure(): void {
    const { query, queryKinds, kinds, partners, weights } = this
    let agreed = 0
    let possible = 0
    this.information = 0
    this.agreeingNames = 0
    for (let i = 0; i < query.weighed.length; i++) {
      const j = partners[i]!
      if (j < 0) continue
      const { weight } = query.weighed[i]!
      const share = agreement(this.likenesses[i * tokenLimit + j]!)
      agreed += weight * share
      possible += weight
      if (!naming[queryKinds[i]!] || share <= comparisonWeights.initialAgreement) continue
      this.information += Math.min(telling(weight), telling(weights[j]!)) * share
      this.agreeingNames++
    }
    for (const pair of this.glued) {
      const share = agreement(pair.similarity)
      let [weight, told, others] = [0, 0, 0]
      for (const i of pair.query) {
        weight += query.weighed[i]!.weight
        told += telling(query.weighed[i]!.weight)
      }
      for (const j of pair.candidate) others += telling(weights[j]!)
      agreed += weight * share
      possible += weight
      if (!pair.query.some((i) => naming[queryKinds[i]!])) continue
      this.information += Math.min(told, others) * share
      this.agreeingNames += Math.max(pair.query.length, pair.candidate.length)
    }
    let numbers = 0
    for (let i = 0; i < query.weighed.length; i++) {
      if ((this.usedQuery & (1 << i)) !== 0) continue
      possible += comparisonWeights.unmatchedQuery * this.leftoverOfQuery(i)
      if (queryKinds[i] === number) numbers |= 1
    }
    for (let j = 0; j < this.last - this.first; j++) {
      if ((this.usedCandidate & (1 << j)) !== 0) continue
      possible += comparisonWeights.unmatchedCandidate * this.leftoverOfCandidate(j)
      if (kinds[j] === number) numbers |= 2
    }
    const cost = this.orderCost() + (numbers === 3 ? comparisonWeights.otherNumber : 0)
    this.quality = possible === 0 ? 0 : Math.max(0, agreed / possible - cost)
  }

  /** A word said twice counts once; patronymics and small words may be missing. */
  private leftoverOfQuery(i: number): number {
    const { weighed } = this.query
    const { weight, term } = weighed[i]!
    const kind = this.queryKinds[i]!
    let isOptional = kind !== nameKind && kind !== number
    for (let at = 0; at < weighed.length && !isOptional; at++) isOptional = at !== i && weighed[at]!.term.text === term.text
    return isOptional ? weight * comparisonWeights.optional : weight
  }

  private leftoverOfCandidate(j: number): number {
    const kind = this.kinds[j]!
    let isOptional = kind !== nameKind && kind !== number
    const count = this.last - this.first
    for (let at = 0; at < count && !isOptional; at++) isOptional = at !== j && this.ids[at] === this.ids[j]
    return isOptional ? this.weights[j]! * comparisonWeights.optional : this.weights[j]!
  }

  /** Given and family name exchanged costs most where both sides say which is which; another order of words costs little. */
  private orderCost(): number {
    const { weighed } = this.query
    let last = -1
    let pairs = 0
    let known = 0
    let isOrdered = true
    let swapped = false
    for (let i = 0; i < weighed.length; i++) {
      const j = this.partners[i]! >= 0 ? this.partners[i]! : this.gluedPartner(i)
      if (j < 0) continue
      pairs++
      if (!naming[this.queryKinds[i]!]) continue
      const [a, b] = [weighed[i]!.role, this.names.roleAt(this.first + j)]
      if (a !== unknownRole && b !== unknownRole) {
        known++
        if (a !== b) swapped = true
      }
      if (j < last) isOrdered = false
      last = j
    }
    if (swapped) return comparisonWeights.swappedRoles
    return isOrdered || known === pairs ? 0 : comparisonWeights.outOfOrder
  }

  private gluedPartner(i: number): number {
    for (const pair of this.glued) if (pair.query[0] === i) return pair.candidate[0]!
    return -1
  }
}

function bitsOf(bits: number): number[] {
  const indexes: number[] = []
  for (let index = 0; bits >>> index !== 0; index++) if ((bits & (1 << index)) !== 0) indexes.push(index)
  return indexes
}

const joinedLengthSlack = 3

function mayJoin(first: string, second: string, whole: string): boolean {
  const code = whole.charCodeAt(0)
  if (code === first.charCodeAt(0) || code > 0x7f !== first.charCodeAt(0) > 0x7f) {
    return code > 0x7f || first.charCodeAt(0) > 0x7f
      ? true
      : Math.abs(first.length + second.length - whole.length) <= joinedLengthSlack
  }
  return false
}
