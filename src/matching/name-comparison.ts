import { glueWords } from '#matching/glue'
import { generations } from '#matching/lexicon'
import {
  type AlignedPair,
  agreement,
  comparisonWeights,
  isNaming,
  tokenWeight,
  type WeighedToken,
} from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import type { NameAgreement } from '#matching/score'
import type { Term } from '#matching/term'
import { tokenKinds, tokenLimit } from '#matching/tokens'
import type { Vocabulary, Word } from '#matching/vocabulary'

/** A name of a query, cut, weighed, its words looked up. */
export interface ComparedName {
  readonly weighed: readonly WeighedToken[]
  readonly words: readonly Word[]
}

const legal = tokenKinds.indexOf('legal')
const number = tokenKinds.indexOf('number')
const honorific = tokenKinds.indexOf('honorific')
const acronym = tokenKinds.indexOf('acronym')
const nameKind = tokenKinds.indexOf('name')
const naming = tokenKinds.map(isNaming)
const unknownRole = 'unknown'
/** From here on two words are spellings of one. */
const closeLikeness = 0.9

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/**
 * Compares a name of a query with indexed names, one after the other. Words are paired one to one whatever their order, best
 * first; then words that one side writes together and the other apart.
 */
export class NameComparer {
  /** What the last comparison found; the same object every time. */
  readonly found: Writable<NameAgreement> = {
    agreed: 0,
    loose: 0,
    initials: 0,
    missing: 0,
    extra: 0,
    optionalMissing: 0,
    optionalExtra: 0,
    conflict: 0,
    isOtherForm: false,
    agreeingNames: 0,
    isReordered: false,
    isSwapped: false,
    isOtherNumber: false,
    quality: 0,
  }

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
    const apart =
      Math.abs(((a / tokenLimit) | 0) - (a % tokenLimit)) - Math.abs(((b / tokenLimit) | 0) - (b % tokenLimit))
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
        const b = this.vocabulary.text(this.ids[j]!)
        if (a.length >= 4 && b.length >= 4 && a.length !== b.length) {
          const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
          if (longer.endsWith(shorter) || longer.startsWith(shorter)) return true
        }
        if (next !== '' && mayJoin(a, next, b)) return true
        if ((freeCandidate & (2 << j)) !== 0 && mayJoin(b, this.vocabulary.text(this.ids[j + 1]!), a)) return true
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
    const { query, queryKinds, kinds, partners, weights, found } = this
    found.agreed = 0
    found.loose = 0
    found.initials = 0
    found.agreeingNames = 0
    let [held, possible] = [0, 0]
    for (let i = 0; i < query.weighed.length; i++) {
      const j = partners[i]!
      if (j < 0) continue
      const { weight } = query.weighed[i]!
      const likeness = this.likenesses[i * tokenLimit + j]!
      const share = agreement(likeness)
      held += weight * share
      possible += weight
      if (!naming[queryKinds[i]!] || !naming[kinds[j]!]) continue
      const told = Math.min(weight, weights[j]!)
      if (share <= comparisonWeights.initialAgreement) {
        found.initials += told
        continue
      }
      found.agreed += told * share
      if (likeness < closeLikeness) found.loose += told
      found.agreeingNames++
    }
    for (const pair of this.glued) {
      const [own, other] = [this.sumOfQuery(pair.query), this.sumOfCandidate(pair.candidate)]
      held += own * agreement(pair.similarity)
      possible += own
      if (!pair.query.some((i) => naming[queryKinds[i]!])) continue
      found.agreed += Math.min(own, other) * agreement(pair.similarity)
      found.agreeingNames += Math.max(pair.query.length, pair.candidate.length)
    }
    possible += this.measureLeftovers()
    this.measureOrder()
    const cost = found.isSwapped ? comparisonWeights.swappedRoles : found.isReordered ? comparisonWeights.outOfOrder : 0
    const numberCost = found.isOtherNumber ? comparisonWeights.otherNumber : 0
    found.quality = possible === 0 ? 0 : Math.max(0, held / possible - cost - numberCost)
  }

  private sumOfQuery(indexes: readonly number[]): number {
    let sum = 0
    for (const i of indexes) sum += this.query.weighed[i]!.weight
    return sum
  }

  private sumOfCandidate(indexes: readonly number[]): number {
    let sum = 0
    for (const j of indexes) sum += this.weights[j]!
    return sum
  }

  /** What is left over on both sides; returns what it takes from the quality. */
  private measureLeftovers(): number {
    const { found, query, queryKinds, kinds, weights } = this
    found.missing = 0
    found.extra = 0
    found.optionalMissing = 0
    found.optionalExtra = 0
    let cost = 0
    let numbers = 0
    let [own, other] = [0, 0]
    let [knownOwn, knownOther] = [0, 0]
    let [countOwn, countOther] = [0, 0]
    let forms = 0
    for (let i = 0; i < query.weighed.length; i++) {
      if ((this.usedQuery & (1 << i)) !== 0) continue
      const { weight } = query.weighed[i]!
      const isOptional = this.isOptionalInQuery(i)
      cost += comparisonWeights.unmatchedQuery * weight * (isOptional ? comparisonWeights.optional : 1)
      if (queryKinds[i] === number) numbers |= 1
      if (queryKinds[i] === legal) forms |= 1
      if (!naming[queryKinds[i]!]) continue
      own += conflictOf(query.weighed[i]!.term)
      countOwn++
      if (query.weighed[i]!.term.isKnown || query.weighed[i]!.term.text.length === 1) knownOwn++
      if (isOptional) found.optionalMissing += weight
      else found.missing += weight
    }
    for (let j = 0; j < this.last - this.first; j++) {
      if ((this.usedCandidate & (1 << j)) !== 0) continue
      const isOptional = this.isOptionalInCandidate(j)
      cost += comparisonWeights.unmatchedCandidate * weights[j]! * (isOptional ? comparisonWeights.optional : 1)
      if (kinds[j] === number) numbers |= 2
      if (kinds[j] === legal) forms |= 2
      if (!naming[kinds[j]!]) continue
      other += conflictOf(this.vocabulary.term(this.ids[j]!))
      countOther++
      if (this.vocabulary.term(this.ids[j]!).isKnown || this.vocabulary.term(this.ids[j]!).text.length === 1) knownOther++
      if (isOptional) found.optionalExtra += weights[j]!
      else found.extra += weights[j]!
    }
    found.conflict = Math.min(own, other) + (countOwn === 1 && countOther === 1 && knownOwn + knownOther === 2 ? Number(process.env.KX ?? 0.8) : 0)
    found.isOtherForm = forms === 3
    found.isOtherNumber = numbers === 3 || this.isOtherGeneration()
    return cost
  }

  /** Junior is not senior. */
  private isOtherGeneration(): boolean {
    const [own, other] = [this.generationOf(this.query.weighed), this.generationOf(undefined)]
    return own !== undefined && other !== undefined && own !== other
  }

  /** Of the query's words, or of the candidate's. */
  private generationOf(weighed: readonly WeighedToken[] | undefined): string | undefined {
    const count = weighed === undefined ? this.last - this.first : weighed.length
    const kindsOfSide = weighed === undefined ? this.kinds : this.queryKinds
    for (let at = 0; at < count; at++) {
      if (kindsOfSide[at] !== honorific) continue
      const { text } = weighed === undefined ? this.vocabulary.term(this.ids[at]!) : weighed[at]!.term
      const generation = generations.get(text)
      if (generation !== undefined) return generation
    }
    return undefined
  }

  /** A word said twice counts once; patronymics and small words may be missing. */
  private isOptionalInQuery(i: number): boolean {
    const { weighed } = this.query
    const kind = this.queryKinds[i]!
    if (kind !== nameKind && kind !== number) return true
    for (let at = 0; at < weighed.length; at++) {
      if (at !== i && weighed[at]!.term.text === weighed[i]!.term.text) return true
    }
    return false
  }

  private isOptionalInCandidate(j: number): boolean {
    const kind = this.kinds[j]!
    if (kind !== nameKind && kind !== number) return true
    const count = this.last - this.first
    for (let at = 0; at < count; at++) if (at !== j && this.ids[at] === this.ids[j]) return true
    return false
  }

  /** Given and family name exchanged matters most where both sides say which is which; another order of words, little. */
  private measureOrder(): void {
    const { weighed } = this.query
    let last = -1
    let pairs = 0
    let known = 0
    let isOrdered = true
    this.found.isSwapped = false
    for (let i = 0; i < weighed.length; i++) {
      const j = this.partners[i]! >= 0 ? this.partners[i]! : this.gluedPartner(i)
      if (j < 0) continue
      pairs++
      if (!naming[this.queryKinds[i]!]) continue
      const [a, b] = [weighed[i]!.role, this.names.roleAt(this.first + j)]
      if (a !== unknownRole && b !== unknownRole) {
        known++
        if (a !== b) this.found.isSwapped = true
      }
      if (j < last) isOrdered = false
      last = j
    }
    this.found.isReordered = this.found.isSwapped || (!isOrdered && known !== pairs)
  }

  private gluedPartner(i: number): number {
    for (const pair of this.glued) if (pair.query[0] === i) return pair.candidate[0]!
    return -1
  }
}

/** Two initials, or two known words, that differ are surer to be two people's than others, which may be one that is spelt strangely. */
function conflictOf({ text, isKnown }: Term): number {
  if (text.length === 1) return 2
  return isKnown ? 1 : 1
}

function isAcronym(a: number, b: number): boolean {
  return a === acronym || b === acronym
}

/** Initials are those of a name that is written in initials, and exactly; two long names of the same initials are two. */
function isWhole(a: number, b: number, likeness: number): boolean {
  return likeness === 1 && a !== b && (a === nameKind || b === nameKind)
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
