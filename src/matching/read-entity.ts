import { acronymsOf } from '#matching/acronyms'
import { lookupKeysOf, type MatchEntity, namesOf } from '#matching/entity'
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
  const identifiers = lookupKeysOf(stored).map(identifierHash)
  return { stored, payload: payloadOf(stored), read: readNames(stored), identifiers }
}

/** Each name once, then the initials that it may be known by. */
function readNames(entity: MatchEntity): readonly ReadName[] {
  const context = contextOf(entity)
  const names: ReadName[] = []
  const acronyms = new Map<string, ReadName>()
  for (const [position, { text, isWeak }] of namesOf(entity).entries()) {
    const tokens = tokenise(text, context)
    if (tokens.length === 0 || names.some((it) => areSame(it.tokens, tokens))) continue
    names.push({ tokens, isWeak, position })
    for (const token of isWeak ? none : acronymsOf(text, tokens, context)) {
      if (!acronyms.has(token.text)) acronyms.set(token.text, { tokens: [token], isWeak: false, position })
    }
  }
  for (const name of acronyms.values()) names.push(name)
  return names
}

const none: readonly Token[] = []

function areSame(a: readonly Token[], b: readonly Token[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at]!.text !== b[at]!.text || a[at]!.kind !== b[at]!.kind) return false
  return true
}
