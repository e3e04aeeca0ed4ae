import { acronymsOf } from '#matching/acronyms'
import type { Probe } from '#matching/blocking'
import type { ComparedName } from '#matching/compared-names'
import { mayBeCut } from '#matching/cut-name'
import { type Attributes, attributesOf, type MatchEntity, namesOf, statesAttributes } from '#matching/entity'
import { fold } from '#matching/fold'
import { isNaming, syllableWeight, tokenWeight, type WeighedToken } from '#matching/name-parts'
import { isOrganisation, type SchemaName } from '#matching/schemas'
import { type NameContext, type Token, tokenise } from '#matching/tokens'
import type { Vocabulary, Word } from '#matching/vocabulary'
import { expansionOf } from '#matching/word-expansion'

/** Strong and weak names of a query beyond this many are not searched. */
const nameLimit = 12
const longestGlued = 32
const gluedSimilarity = 0.95
const mostGlued = 3

export interface QueryName extends ComparedName {
  readonly text: string
  readonly isWeak: boolean
  readonly tokens: readonly Token[]
  readonly probes: readonly Probe[]
}

export interface Query {
  readonly entity: MatchEntity
  readonly names: readonly QueryName[]
  readonly attributes: Attributes
  readonly hasAttributes: boolean
}

/** How names under a schema are cut. */
export function cutting(schema: SchemaName): NameContext {
  return { isPerson: schema === 'Person', isOrganisation: isOrganisation(schema) }
}

/** How an entity's names are to be cut, and the given and family names it states apart, which say what its words are. */
export function contextOf({ schema, properties }: MatchEntity): NameContext {
  const context = cutting(schema)
  if (!context.isPerson || (properties.firstName === undefined && properties.lastName === undefined)) return context
  return {
    ...context,
    given: wordsOf(properties.firstName, context),
    family: wordsOf(properties.lastName, context),
  }
}

function wordsOf(values: readonly string[] | undefined, context: NameContext): ReadonlySet<string> {
  const words = new Set<string>()
  for (const value of values ?? []) for (const { text } of tokenise(value, context)) words.add(text)
  return words
}

/** Folds and weighs a query once. */
export function prepareQuery(entity: MatchEntity, vocabulary: Vocabulary): Query {
  const context = contextOf(entity)
  const prepared: QueryName[] = []
  const seen = new Set<string>()
  const acronyms = new Map<string, Token>()
  for (const { text, isWeak } of namesOf(entity)) {
    const tokens = tokenise(text, context)
    const key = tokens.map((token) => token.text).join(' ')
    if (key === '' || seen.has(key)) continue
    seen.add(key)
    prepared.push(prepareName({ text, isWeak, tokens, ...context }, vocabulary))
    for (const token of isWeak ? [] : acronymsOf(text, tokens, context)) acronyms.set(token.text, token)
    if (prepared.length === nameLimit) break
  }
  for (const token of acronyms.values()) prepared.push(prepareAcronym(token, vocabulary))
  const attributes = attributesOf(entity)
  return { entity, names: prepared, attributes, hasAttributes: statesAttributes(attributes) }
}

function prepareName(
  name: Pick<QueryName, 'text' | 'isWeak' | 'tokens' | 'isPerson' | 'isOrganisation'>,
  vocabulary: Vocabulary,
): QueryName {
  const { tokens } = name
  const words: Word[] = []
  const weighed: WeighedToken[] = []
  const probes: Probe[] = []
  /** What each word tells that finds any. */
  const found: number[] = []
  for (const { text, kind, role, script } of tokens) {
    const word = vocabulary.word(text)
    const { term, information } = word
    const weight = syllableWeight(tokenWeight(kind, information), script, term.text.length)
    words.push(word)
    weighed.push({ term, kind, role, script, weight })
    found.push(0)
    if (!isNaming(kind)) continue
    const expansion = vocabulary.expand(word)
    const own = expansion.ids.length > 0 ? weight : 0
    found[found.length - 1] = own
    probes.push({ expansion, weight, isGlued: false, own })
  }
  if (probes.length > 0) addGlued(probes, { tokens, weighed, found }, vocabulary)
  return { ...name, words, weighed, probes, mayBeCut: !name.isOrganisation && mayBeCut(name.text) }
}

/** Initials find themselves alone, as they are. */
function prepareAcronym(token: Token, vocabulary: Vocabulary): QueryName {
  const word = vocabulary.word(token.text)
  const { kind, role, script } = token
  const weighed = [{ term: word.term, kind, role, script, weight: tokenWeight(kind, word.information) }]
  const expansion = expansionOf(word.id < 0 ? [] : [word.id], () => 1)
  const { weight } = weighed[0]!
  const probes = [{ expansion, weight, isGlued: false, own: word.id < 0 ? 0 : weight }]
  const words = [word]
  return {
    text: token.raw,
    isWeak: false,
    tokens: [token],
    isPerson: false,
    isOrganisation: true,
    mayBeCut: false,
    words,
    weighed,
    probes,
  }
}

/** Two or three neighbours that an indexed name writes as one word. They take part as one more word of their common weight. */
function addGlued(
  probes: Probe[],
  { tokens, weighed, found }: Pick<QueryName, 'tokens' | 'weighed'> & { readonly found: readonly number[] },
  vocabulary: Vocabulary,
): void {
  for (let index = 0; index + 1 < tokens.length; index++) {
    let text = spell(tokens[index]!)
    let { weight } = weighed[index]!
    let apart = found[index]!
    for (let next = index + 1; next < Math.min(index + mostGlued, tokens.length); next++) {
      text += spell(tokens[next]!)
      weight += weighed[next]!.weight
      apart += found[next]!
      const ids = vocabulary.soundsLike(text)
      if (ids.length === 0) continue
      const expansion = expansionOf(ids, () => gluedSimilarity)
      probes.push({ expansion, weight, isGlued: true, own: weight - apart })
    }
  }
}

function spell(token: Token): string {
  return token.kind === 'legal' ? fold(token.raw).slice(0, longestGlued).replaceAll(' ', '') : token.text
}
