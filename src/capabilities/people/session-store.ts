import { type Page, type PersonRow, type SessionRow, type TokenRow, tables } from '#capabilities/people/store'
import type { Store } from '#store/store'

const sweepLimit = 100

type Holder = Pick<PersonRow, 'name' | 'roles'>
type FoundToken = Pick<
  TokenRow,
  'id' | 'person' | 'parent' | 'scopes' | 'purpose' | 'reference' | 'expires_at' | 'last_used_at'
>

/** The session with this digest and its person, unless it ran out, lay idle since `idleSince`, or its person is disabled. */
export function findSession(store: Store, digest: string, idleSince: Date): Promise<(SessionRow & Holder) | undefined> {
  return tables(store)
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person')
    .selectAll('sessions')
    .select(['people.name', 'people.roles'])
    .where('sessions.digest', '=', digest)
    .where('sessions.expires_at', '>', store.clock.now())
    .where('sessions.last_seen_at', '>', idleSince)
    .where('people.disabled_at', 'is', null)
    .executeTakeFirst()
}

export function findToken(store: Store, digest: string): Promise<(FoundToken & Holder) | undefined> {
  return tables(store)
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.person')
    .select(['api_tokens.id', 'api_tokens.person', 'api_tokens.parent', 'api_tokens.scopes'])
    .select(['api_tokens.purpose', 'api_tokens.reference'])
    .select(['api_tokens.expires_at', 'api_tokens.last_used_at', 'people.name', 'people.roles'])
    .where('api_tokens.digest', '=', digest)
    .where('api_tokens.expires_at', '>', store.clock.now())
    .where('api_tokens.revoked_at', 'is', null)
    .where('people.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Sessions of a person that still count, newest first. */
export function readSessions(store: Store, person: string, idleSince: Date): Promise<SessionRow[]> {
  return tables(store)
    .selectFrom('sessions')
    .selectAll()
    .where('person', '=', person)
    .where('expires_at', '>', store.clock.now())
    .where('last_seen_at', '>', idleSince)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export async function readExpiredSessions(store: Store): Promise<string[]> {
  const rows = await tables(store)
    .selectFrom('sessions')
    .select('id')
    .where('expires_at', '<=', store.clock.now())
    .limit(sweepLimit)
    .execute()
  return rows.map((it) => it.id)
}

interface TokenFilter extends Page {
  /** Of all people when undefined. */
  readonly person: string | undefined
  readonly state?: 'valid' | 'ended' | undefined
}

export function readTokens(store: Store, { person, state, limit, after = '' }: TokenFilter) {
  const now = store.clock.now()
  return tables(store)
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.person')
    .selectAll('api_tokens')
    .select('people.name as person_name')
    .$if(person !== undefined, (query) => query.where('api_tokens.person', '=', person as string))
    .$if(state === 'valid', (query) =>
      query.where('api_tokens.revoked_at', 'is', null).where('api_tokens.expires_at', '>', now),
    )
    .$if(state === 'ended', (query) =>
      query.where((eb) => eb.or([eb('api_tokens.revoked_at', 'is not', null), eb('api_tokens.expires_at', '<=', now)])),
    )
    .where('api_tokens.id', '>', after)
    .orderBy('api_tokens.id')
    .limit(limit)
    .execute()
}

export function readToken(store: Store, id: string): Promise<TokenRow | undefined> {
  return tables(store).selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst()
}
