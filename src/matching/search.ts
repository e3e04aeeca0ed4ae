import { defineFaults } from '#kernel/fault'
import { acronymToken } from '#matching/acronyms'
import { type AttributeComparison, compareAttributes, mostSupport } from '#matching/attributes'
import type { Blocking } from '#matching/blocking'
import type { Candidate } from '#matching/candidate'
import { attributesOf, type MatchEntity, namesOf } from '#matching/entity'
import type { EntityStore } from '#matching/entity-store'
import { type NameEvidence, nameEvidence } from '#matching/evidence'
import { lookupKey } from '#matching/identifiers'
import type { KeyLists } from '#matching/key-lists'
import type { NameComparer } from '#matching/name-comparison'
import { bestHit, findHits, type NameHit } from '#matching/name-hits'
import type { NameTable } from '#matching/name-table'
import { cutting, prepareQuery, type Query } from '#matching/query'
import { areCompatible, canShareIdentifier, type SchemaName } from '#matching/schemas'
import { combine, type NameAgreement, type NameFinding, round } from '#matching/score'
import { hashKey } from '#matching/skeleton'
import { letterLikeness, settleTies } from '#matching/ties'
import { tokenise } from '#matching/tokens'
import type { Vocabulary } from '#matching/vocabulary'

export interface SearchOptions {
  /** Most candidates returned; 5 if not given. */
  readonly limit?: number
  /** Least score returned, 0 to 1; 0.7 if not given. */
  readonly threshold?: number
  /** Entities that must not be found, asked before anything of them is compared. */
  readonly exclude?: (id: string) => boolean
  /** Only these entities; see `MatchingIndex.select`. */
  readonly among?: Selection
  /** Only entities of these schemata. */
  readonly schemas?: readonly SchemaName[]
  /** Compares every indexed name, whether it shares a word with the query or not: slow, to measure what is lost otherwise. */
  readonly exhaustive?: boolean
}

/** Entities chosen once for many searches, in any thread. Entities that come later are not chosen. */
export interface Selection {
  /** A bit for each row. */
  readonly bits: Uint8Array<SharedArrayBuffer>
  /** Which numbering of the rows it was made in. */
  readonly numbering: number
}

/** What a search reads of an index. */
export interface SearchParts {
  readonly vocabulary: Vocabulary
  readonly names: NameTable
  readonly blocking: Blocking
  readonly comparer: NameComparer
  readonly entities: EntityStore
  /** Entities by the hash of an identifier; hashes may collide. */
  readonly identifiers: KeyLists
  readonly numbering: () => number
}

const fault = defineFaults({ 'matching/stale-selection': 'conflict' })

/** The fault of a selection that rows no longer fit. */
export function staleSelection(): Error {
  return fault(
    'matching/stale-selection',
    'The index has been renumbered since the entities were chosen: choose again.',
  )
}

/** An owner with all that its candidate is written from. */
interface Scored {
  readonly owner: number
  readonly id: string
  readonly score: number
  readonly hit: NameHit | undefined
  readonly attributes: AttributeComparison
}

/** The likeliest first; of equal score, the one with less left over; then by id, unless names are spelt otherwise (`settleTies`). */
function byScore(a: Scored, b: Scored): number {
  return b.score - a.score || qualityOf(b) - qualityOf(a) || (a.id < b.id ? -1 : 1)
}

/** An indexed name as it is written. */
function nameOf({ entities, names }: SearchParts, { name }: NameHit): string {
  return namesOf(entities.read(names.ownerOf(name)))[names.positionOf(name)]!.text
}

function qualityOf({ hit }: Scored): number {
  return round(hit?.agreement.quality ?? 0, 4)
}

const identifierSeed = 3
const nothingCompared: AttributeComparison = { findings: [], comparable: [] }

/** Of a `lookupKey`. */
export function identifierHash(key: string): number {
  return hashKey(key, identifierSeed)
}

/**
 * Finds candidates by name and by identifier, scores them, and writes down the evidence of those that are returned. Throws
 * `matching/stale-selection` when rows have been renumbered since `among` was chosen.
 */
export function searchIndex(parts: SearchParts, entity: MatchEntity, options: SearchOptions): readonly Candidate[] {
  const { limit = 5, threshold = 0.7, among } = options
  if (among !== undefined && among.numbering !== parts.numbering()) {
    throw staleSelection()
  }
  parts.vocabulary.begin(parts.entities.size)
  const query = prepareQuery(entity, parts.vocabulary)
  const hits = findHits(parts, query, {
    limit,
    floor: logOdds(threshold) - mostSupport(query.attributes),
    isDecisive: !query.hasAttributes,
    isExhaustive: options.exhaustive === true,
    accept: acceptance(parts, entity, { ...options, by: areCompatible }),
  })
  const scored: Scored[] = []
  const keep = (one: Scored) => {
    if (one.score >= threshold) scored.push(one)
  }
  const holders = identifierHolders(parts, query, options)
  for (const owner of holders) {
    const one = scoreHolder(parts, query, owner)
    if (one !== undefined) keep(one)
  }
  for (const [owner, hit] of hits) {
    if (!holders.has(owner)) keep(scoreOwner(parts, query, { owner, hit }))
  }
  scored.sort(byScore)
  settleTies(scored, limit, {
    areEqual: (a, b) => a.score === b.score && qualityOf(a) === qualityOf(b),
    worth: ({ hit }) => (hit === undefined ? 0 : letterLikeness(hit.query.text)(nameOf(parts, hit))),
  })
  return scored.slice(0, limit).map((one) => writeCandidate(parts, query, one))
}

/** What comparing a query with one indexed entity says, however little; undefined for schemata that are never one. */
export function compareWith(parts: SearchParts, entity: MatchEntity, owner: number): Candidate | undefined {
  const schema = parts.entities.schemaOf(owner)
  if (!areCompatible(entity.schema, schema) && !canShareIdentifier(entity.schema, schema)) return undefined
  parts.vocabulary.begin(parts.entities.size)
  const query = prepareQuery(entity, parts.vocabulary)
  const names = parts.entities.namesOf(owner, parts.names.length)
  const hit = areCompatible(entity.schema, schema) ? bestHit(parts, query, names) : undefined
  return writeCandidate(parts, query, scoreOwner(parts, query, { owner, hit }))
}

export interface ComparedNames {
  readonly id: string
  readonly agreement: NameAgreement
}

/** The entities whose names agree most with the query's, likeliest first, and how they agree. */
export function compareNames(parts: SearchParts, entity: MatchEntity, limit: number): readonly ComparedNames[] {
  parts.vocabulary.begin(parts.entities.size)
  const hits = findHits(parts, prepareQuery(entity, parts.vocabulary), {
    limit,
    floor: -Infinity,
    isDecisive: false,
    isExhaustive: false,
    accept: acceptance(parts, entity, { by: areCompatible }),
  })
  return Array.from(hits)
    .sort(([, a], [, b]) => b.logOdds - a.logOdds || a.name - b.name)
    .slice(0, limit)
    .map(([owner, { agreement }]) => ({ id: parts.entities.idOf(owner), agreement }))
}

function logOdds(share: number): number {
  const inside = Math.min(Math.max(share, 1e-9), 1 - 1e-9)
  return Math.log(inside / (1 - inside))
}

/** Asks schema, filter and exclusion once for each entity. */
function acceptance(
  { entities }: SearchParts,
  entity: MatchEntity,
  { exclude, schemas, among, by }: SearchOptions & { readonly by: typeof areCompatible },
): (owner: number) => boolean {
  const answers = new Map<number, boolean>()
  return (owner) => {
    let answer = answers.get(owner)
    if (answer === undefined) {
      answer = entities.isAlive(owner) && by(entity.schema, entities.schemaOf(owner))
      answer &&= among === undefined || isChosen(among, owner)
      answer &&= schemas === undefined || schemas.includes(entities.schemaOf(owner))
      answer &&= exclude === undefined || !exclude(entities.idOf(owner))
      answers.set(owner, answer)
    }
    return answer
  }
}

function isChosen({ bits }: Selection, owner: number): boolean {
  return owner >>> 3 < bits.length && (bits[owner >>> 3]! & (1 << (owner & 7))) !== 0
}

function identifierHolders(parts: SearchParts, query: Query, options: SearchOptions): ReadonlySet<number> {
  const holders = new Set<number>()
  if (query.attributes.identifiers.length === 0) return holders
  const { identifiers } = parts
  const accept = acceptance(parts, query.entity, { ...options, by: canShareIdentifier })
  for (const identifier of query.attributes.identifiers) {
    const count = identifiers.collect(identifierHash(lookupKey(identifier)))
    for (let at = 0; at < count; at++) {
      const owner = identifiers.collected[at]!
      if (accept(owner)) holders.add(owner)
    }
  }
  return holders
}

/** Names of an account or a passport are no names of its holder, so only names of the like are compared. */
function scoreHolder(parts: SearchParts, query: Query, owner: number): Scored | undefined {
  const areAlike = areCompatible(query.entity.schema, parts.entities.schemaOf(owner))
  const hit = areAlike ? bestHit(parts, query, parts.entities.namesOf(owner, parts.names.length)) : undefined
  const one = scoreOwner(parts, query, { owner, hit })
  return one.attributes.findings.some((finding) => finding.isIdentifier) || hit !== undefined ? one : undefined
}

function scoreOwner(
  { entities }: SearchParts,
  query: Query,
  { owner, hit }: { readonly owner: number; readonly hit: NameHit | undefined },
): Scored {
  const attributes = query.hasAttributes
    ? compareAttributes(query.attributes, attributesOf(entities.read(owner)))
    : nothingCompared
  const { score } = combine(hit === undefined ? undefined : { ...hit, ...noWords }, attributes)
  return { owner, id: entities.idOf(owner), score, hit, attributes }
}

const noWords = { queryText: '', candidateText: '', explanation: '' }

function writeCandidate(parts: SearchParts, query: Query, one: Scored): Candidate {
  const { hit, attributes, id } = one
  let finding: NameFinding | undefined
  let evidence: NameEvidence | undefined
  if (hit !== undefined) {
    const entity = parts.entities.read(one.owner)
    const texts = namesOf(entity)
    const textOf = (name: number) => texts[parts.names.positionOf(name)]!.text
    const text = textOf(hit.name)
    parts.comparer.compare(hit.query, hit.name, hit.agreement.isPerson)
    const weighed = parts.comparer.candidate()
    const [first] = weighed
    const isAcronym = first?.kind === 'acronym'
    const tokens = isAcronym ? [acronymToken(text, first.term.text)] : tokenise(text, cutting(entity.schema))
    const side = { text, tokens, weighed }
    const pairs = parts.comparer.pairs()
    const [from, to] = parts.entities.namesOf(one.owner, parts.names.length)
    const others = hit.agreement.elsewhereWords === 0 ? [] : parts.comparer.creditOthers(from, to)
    const elsewhere = others.map((it) => ({ query: it.query, text: textOf(it.name), similarity: it.likeness }))
    evidence = nameEvidence(hit.query, side, { pairs, elsewhere })
    finding = { ...hit, queryText: hit.query.text, candidateText: text, explanation: evidence.explanation }
  }
  const { score, features, agreeing, contradicting } = combine(finding, attributes)
  return {
    id,
    score,
    features,
    evidence: {
      queryName: finding?.queryText ?? '',
      candidateName: finding?.candidateText ?? '',
      nameQuality: qualityOf(one),
      tokens: evidence?.tokens ?? [],
      unmatchedQuery: evidence?.unmatchedQuery ?? query.names[0]?.tokens.map((token) => token.raw) ?? [],
      unmatchedCandidate: evidence?.unmatchedCandidate ?? [],
      agreeing,
      contradicting,
      comparable: hit === undefined ? attributes.comparable : ['name', ...attributes.comparable],
    },
  }
}
