import { acronymKind, type ComparedName, ComparedNames, type Likest, naming } from '#matching/compared-names'
import { pairGlued } from '#matching/glued-pairing'
import { measureLeftovers } from '#matching/name-leftovers'
import { orderOf } from '#matching/name-order'
import { type AlignedPair, agreement, comparisonWeights, type WeighedToken } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import type { NameAgreement } from '#matching/score'
import type { Script } from '#matching/script'
import { similarityFloor } from '#matching/term'
import type { Vocabulary } from '#matching/vocabulary'
import { WordPairing } from '#matching/word-pairing'

/** From here on two words are spellings of one. */
const closeLikeness = 0.9
/** Who asks in another script could not have spelt it as the list does. */
const latin: Script = 'latin'
/** Below this they may be one only because the rest of the names is. */
const faintLikeness = 0.8

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** A word left over of the query that another name of the candidate has. */
export interface Elsewhere extends Likest {
  /** Its place. */
  readonly query: number
}

/**
 * Compares a name of a query with indexed names, one after the other. Words are paired one to one whatever their order, best
 * first; then words that one side writes together and the other apart.
 */
export class NameComparer {
  /** What the last comparison found; the same object every time. */
  readonly found: Writable<NameAgreement> = {
    isPerson: false,
    agreed: 0,
    near: 0,
    loose: 0,
    slips: 0,
    initials: 0,
    isAcronym: false,
    missing: 0,
    extra: 0,
    missingShare: 0,
    extraShare: 0,
    elsewhere: 0,
    elsewhereWords: 0,
    optionalMissing: 0,
    optionalExtra: 0,
    conflict: 0,
    isOtherForm: false,
    isOtherRank: false,
    isReordered: false,
    isSwapped: false,
    isHeadless: false,
    isOtherNumber: false,
    quality: 0,
  }

  private readonly sides: ComparedNames
  private readonly pairing = new WordPairing()
  private glued: readonly AlignedPair[] = []

  constructor(vocabulary: Vocabulary, names: NameTable) {
    this.sides = new ComparedNames(vocabulary, names)
  }

  /** `isPerson`: whether it is weighed as a person's name, since either side is a person. */
  compare(query: ComparedName, name: number, isPerson: boolean): void {
    this.found.isPerson = isPerson
    this.sides.begin(query, name)
    this.pairing.pair(this.sides)
    this.glued = pairGlued(this.sides)
    this.measure()
  }

  /**
   * Credits what the last comparison left over of the query with what names from one number up to another have of it; returns
   * which words, and which names.
   */
  creditOthers(from: number, to: number): readonly Elsewhere[] {
    const { found, sides } = this
    const credited: Elsewhere[] = []
    for (let i = 0; i < sides.rows; i++) {
      if ((sides.usedQuery & (1 << i)) !== 0 || !naming[sides.queryKinds[i]!]) continue
      const likest = sides.likestAmong(i, from, to)
      if (likest.likeness < similarityFloor) continue
      credited.push({ ...likest, query: i })
      found.elsewhere += agreement(likest.likeness) * sides.query.weighed[i]!.weight
    }
    found.elsewhereWords = credited.length
    return credited
  }

  /** The tokens of the indexed name last compared. */
  candidate(): readonly WeighedToken[] {
    return this.sides.candidate()
  }

  /** The pairs of the last comparison, in the order of the query. */
  pairs(): readonly AlignedPair[] {
    const pairs: AlignedPair[] = [...this.glued]
    for (let i = 0; i < this.sides.rows; i++) {
      const j = this.sides.partners[i]!
      if (j < 0) continue
      pairs.push({ query: [i], candidate: [j], similarity: this.pairing.likeness(i, j), isGlued: false })
    }
    return pairs.sort((a, b) => a.query[0]! - b.query[0]!)
  }

  private measure(): void {
    const { found, sides } = this
    const { query, queryKinds, kinds, partners, weights } = sides
    found.agreed = 0
    found.near = 0
    found.loose = 0
    found.slips = 0
    found.initials = 0
    let [held, possible] = [0, 0]
    let [agreeing, initials] = [0, 0]
    for (let i = 0; i < query.weighed.length; i++) {
      const j = partners[i]!
      if (j < 0) continue
      const { weight } = query.weighed[i]!
      const likeness = this.pairing.likeness(i, j)
      const share = agreement(likeness)
      held += weight * share
      possible += weight
      if (!naming[queryKinds[i]!] || !naming[kinds[j]!]) continue
      const told = Math.min(weight, weights[j]!)
      if (share <= comparisonWeights.initialAgreement) {
        found.initials += told
        continue
      }
      if (queryKinds[i] === acronymKind || kinds[j] === acronymKind) initials++
      found.agreed += told * share
      if (likeness < faintLikeness) found.slips += told
      if (likeness < closeLikeness) found.loose += told
      else if (likeness < 1 && query.weighed[i]!.script === latin) found.near += told
      agreeing++
    }
    for (const pair of this.glued) {
      const [own, other] = [this.sumOfQuery(pair.query), this.sumOfCandidate(pair.candidate)]
      held += own * agreement(pair.similarity)
      possible += own
      if (!pair.query.some((i) => naming[queryKinds[i]!])) continue
      found.agreed += Math.min(own, other) * agreement(pair.similarity)
      agreeing++
      if (pair.areInitials === true) initials++
    }
    found.isAcronym = initials > 0 && initials === agreeing
    possible += measureLeftovers(sides, found)
    found.missingShare = found.missing === 0 ? 0 : found.missing / sides.toldByQuery
    found.extraShare = found.extra === 0 ? 0 : found.extra / sides.toldByCandidate
    const { isReordered, isSwapped, isHeadless } = orderOf(sides, this.glued)
    found.isHeadless = isHeadless
    found.isReordered = isReordered
    found.isSwapped = isSwapped
    const cost = isSwapped ? comparisonWeights.swappedRoles : isReordered ? comparisonWeights.outOfOrder : 0
    const numberCost = found.isOtherNumber ? comparisonWeights.otherNumber : 0
    found.quality = possible === 0 ? 0 : Math.max(0, held / possible - cost - numberCost)
  }

  private sumOfQuery(indexes: readonly number[]): number {
    let sum = 0
    for (const i of indexes) sum += this.sides.query.weighed[i]!.weight
    return sum
  }

  private sumOfCandidate(indexes: readonly number[]): number {
    let sum = 0
    for (const j of indexes) sum += this.sides.weights[j]!
    return sum
  }
}
