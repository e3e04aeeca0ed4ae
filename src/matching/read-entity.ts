import { acronymsOf } from '#matching/acronyms'
import { identifiersOf, type MatchEntity, namesOf } from '#matching/entity'
import { keepRead, payloadOf } from '#matching/entity-store'
import { contextOf } from '#matching/query'
import { identifierHash } from '#matching/search'
import { type Token, tokenise } from '#matching/tokens'

/** A name as it is indexed. */
interface ReadName {
  readonly tokens: readonly Token[]
  readonly isWeak: boolean
  /** Its place among the names of the entity. */
  readonly position: number
}

/** All that an index keeps of an entity, read before it is written down. */
export interface ReadEntity {
  readonly stored: MatchEntity
  readonly payload: string
  readonly read: readonly ReadName[]
  /** Hashes of its identifiers. */
  readonly identifiers: readonly number[]
}

export function readEntity(entity: MatchEntity): ReadEntity {
  const stored = keepRead(entity)
  const identifiers = identifiersOf(stored).map(identifierHash)
  return { stored, payload: payloadOf(stored), read: readNames(stored), identifiers }
}

/** Each name once, then the initials that it may be known by. */
function readNames(entity: MatchEntity): readonly ReadName[] {
  const context = contextOf(entity)
  const names: ReadName[] = []
  const seen = new Set<string>()
  const acronyms = new Map<string, ReadName>()
  for (const [position, { text, isWeak }] of namesOf(entity).entries()) {
    const tokens = tokenise(text, context)
    const key = tokens.map((token) => `${token.kind}:${token.text}`).join(' ')
    if (tokens.length === 0 || seen.has(key)) continue
    seen.add(key)
    names.push({ tokens, isWeak, position })
    for (const token of isWeak ? [] : acronymsOf(text, tokens, context)) {
      if (!acronyms.has(token.text)) acronyms.set(token.text, { tokens: [token], isWeak: false, position })
    }
  }
  return [...names, ...acronyms.values()]
}
