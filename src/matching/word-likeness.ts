import { alikeAtAll, readFirst, similarityTo } from '#matching/distance'
import { differingClasses } from '#matching/skeleton'
import {
  areInitials,
  compareTerms,
  gluedArticleCost,
  isOtherSex,
  longSkeleton,
  mostClassesApart,
  mostSkeletonsApart,
  oneNameFloor,
  otherReadingCost,
  shortFloor,
  shortText,
  similarityFloor,
  skeletonFloor,
  spellingCeiling,
  type Term,
} from '#matching/term'
import { fewestTyped, longEnoughForTwo, mayBeTyped, mostSlips, mostTyped, typingSimilarity } from '#matching/typing'
import {
  abjadFlag,
  bodyAt,
  classFlag,
  complexFlag,
  knownFlag,
  recordSize,
  skeletonHash,
  type WordRecords,
} from '#matching/word-records'

/** A word of a query, made ready to be compared with many words of the index. */
export class WordLikeness {
  readonly term: Term
  private readonly id: number
  private readonly hash: number
  private readonly areInitials: boolean
  private taken: Map<number, number> | undefined
  /** The sounds that are compared; the same object for every word, since there are very many. */
  private readonly heard = { from: 0, length: 0, least: alikeAtAll }

  constructor(term: Term, id: number) {
    this.term = term
    this.id = id
    this.hash = skeletonHash(term)
    this.areInitials = areInitials(term.text)
  }

  /** From now on it is as alike to a word as this, whatever letters and sounds say. */
  take(id: number, likeness: number): void {
    this.taken ??= new Map()
    this.taken.set(id, likeness)
  }

  /**
   * What `compareTerms` says of it and the word under a number, from the record where that is enough; less than `least`, a
   * likeness of sounds, is as good as nothing.
   */
  to(id: number, records: WordRecords, termOf: (id: number) => Term, least = alikeAtAll): number {
    if (id === this.id) return 1
    const taken = this.taken?.get(id)
    if (taken !== undefined) return taken
    const at = id * recordSize
    const likeness = this.byRecord(at, records, least)
    if (likeness === undefined) return compareTerms(this.term, termOf(id))
    return likeness > 0 && this.isOtherName(at, records, likeness) ? 0 : likeness
  }

  /** As `compareTerms` has it: another name however alike, since each is known for itself, or is the other's for a woman. */
  private isOtherName(at: number, records: WordRecords, likeness: number): boolean {
    const { term } = this
    const flags = records.data[at]!
    if (term.isAbjad || (flags & abjadFlag) !== 0) return false
    const isKnown = (flags & knownFlag) !== 0
    if (isKnown && term.isKnown && likeness < oneNameFloor) return true
    const longer = records.textLength(at) - term.text.length
    if ((longer !== 1 || !term.isKnown) && (longer !== -1 || !isKnown)) return false
    const other = { text: records.text(at), isKnown }
    return isOtherSex(term, other) || isOtherSex(other, term)
  }

  private byRecord(at: number, records: WordRecords, least: number): number | undefined {
    const { term } = this
    const flags = records.data[at]!
    if (this.areInitials && areInitials(records.text(at))) return 0
    if ((flags & complexFlag) !== 0 || term.phones === '' || term.text.length === 1) return undefined
    const isAbjad = (flags & abjadFlag) !== 0
    if ((isAbjad && term.isAbjad) || ((flags & classFlag) !== 0 && term.classes.length > 0)) return undefined
    const areKnown = term.isKnown && (flags & knownFlag) !== 0
    const typed = isAbjad === term.isAbjad && !areKnown && least <= mostTyped ? this.typed(at, records) : 0
    const spoken = Math.min(this.sounds(at, records, least), spellingCeiling)
    if (spoken >= similarityFloor) {
      const isShort =
        (!isAbjad && records.textLength(at) <= shortText) || (!term.isAbjad && term.text.length <= shortText)
      return isShort && spoken < shortFloor ? typed : Math.max(typed, spoken)
    }
    const hasSkeleton = term.skeleton.length >= longSkeleton && records.skeletonLength(at) === term.skeleton.length
    return hasSkeleton && records.skeletonHash(at) === this.hash ? Math.max(typed, skeletonFloor) : typed
  }

  private sounds(at: number, records: WordRecords, least: number): number {
    const { term } = this
    const { phones, bare, others } = term
    const isAbjad = (records.data[at]! & abjadFlag) !== 0
    const isSimple = bare === '' && others.length === 0
    if (isSimple && Math.abs(term.skeleton.length - records.skeletonLength(at)) > mostSkeletonsApart) return 0
    if (isSimple && differingClasses(term.signature, records.signature(at)) > mostClassesApart) return 0
    const abjads = isAbjad === term.isAbjad ? 0 : 1
    const sounds = this.heard
    sounds.from = at + bodyAt
    sounds.length = records.phonesLength(at)
    sounds.least = least
    readFirst(phones)
    let best = similarityTo(records.data, sounds, abjads)
    if (bare !== '') {
      readFirst(bare)
      best = Math.max(best, similarityTo(records.data, sounds, abjads) - gluedArticleCost)
    }
    for (const other of others) {
      readFirst(other)
      best = Math.max(best, similarityTo(records.data, sounds, abjads) - otherReadingCost)
    }
    return best
  }

  private typed(at: number, records: WordRecords): number {
    const { text } = this.term
    const length = records.textLength(at)
    if (Math.abs(length - text.length) > mostSlips || Math.max(length, text.length) < fewestTyped) return 0
    if (!this.isNearlySpelt(at, records, length)) return 0
    return mayBeTyped(this.term.letters, records.letters(at)) ? typingSimilarity(text, records.text(at)) : 0
  }

  /** Whether all that is not alike lies within two letters, or the word is long enough for slips in two places. */
  private isNearlySpelt(at: number, records: WordRecords, length: number): boolean {
    const { text } = this.term
    const { data } = records
    const from = records.textStart(at)
    const shorter = Math.min(length, text.length)
    const longer = Math.max(length, text.length)
    if (longer >= longEnoughForTwo && text.charCodeAt(0) === data[from]) return true
    let start = 0
    while (start < shorter && text.charCodeAt(start) === data[from + start]) start++
    const rest = longer - oneSlipLetters - start
    const [ownEnd, end] = [text.length, from + length]
    for (let back = 1; back <= rest; back++) if (text.charCodeAt(ownEnd - back) !== data[end - back]) return false
    return true
  }
}

/** A slip changes so many neighbouring letters of the longer word. */
const oneSlipLetters = 2
