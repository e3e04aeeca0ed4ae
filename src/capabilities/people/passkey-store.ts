import { type PasskeyRow, type PersonRow, tables } from '#capabilities/people/store'
import { isFault } from '#kernel/fault'
import type { Change } from '#store/change'
import type { Store } from '#store/store'

const challengeLifetimeSeconds = 300
const sweepLimit = 100

export type Ceremony = 'register' | 'sign-in'

export function readPasskeys(store: Store, person: string): Promise<PasskeyRow[]> {
  return tables(store)
    .selectFrom('passkeys')
    .selectAll()
    .where('person', '=', person)
    .orderBy('id')
    .limit(200)
    .execute()
}

/** A passkey by the id that its authenticator gave it, with its person, who may be disabled. */
export async function findPasskey(
  store: Store,
  credential: string,
): Promise<{ passkey: PasskeyRow; person: PersonRow } | undefined> {
  const passkey = await tables(store)
    .selectFrom('passkeys')
    .selectAll()
    .where('credential', '=', credential)
    .executeTakeFirst()
  if (passkey === undefined) return undefined
  const person = await tables(store)
    .selectFrom('people')
    .selectAll()
    .where('id', '=', passkey.person)
    .executeTakeFirstOrThrow()
  return { passkey, person }
}

interface Challenge {
  readonly challenge: string
  readonly ceremony: Ceremony
  /** Who registers; null for a sign-in, where nobody is known yet. */
  readonly person: string | null
}

/** Keeps a challenge for five minutes, and sweeps out what earlier ceremonies left unused. */
export async function keepChallenge(store: Store, { challenge, ceremony, person }: Challenge): Promise<Change> {
  const now = store.clock.now()
  const old = await tables(store)
    .selectFrom('passkey_challenges')
    .select('challenge')
    .where('expires_at', '<=', now)
    .limit(sweepLimit)
    .execute()
  const values = {
    challenge,
    ceremony,
    person,
    expires_at: new Date(now.getTime() + challengeLifetimeSeconds * 1000),
  }
  return {
    rows: [
      ...old.map((it) => ({ op: 'delete', table: 'passkey_challenges', where: { challenge: it.challenge } }) as const),
      { op: 'insert', table: 'passkey_challenges', values },
    ],
    audit: [],
  }
}

/** Whether the challenge was given for this ceremony and is used for the first time now; it is used up, however that ends. */
export async function takeChallenge(store: Store, { challenge, ceremony, person }: Challenge): Promise<boolean> {
  const row = await tables(store)
    .selectFrom('passkey_challenges')
    .select('challenge')
    .where('challenge', '=', challenge)
    .where('ceremony', '=', ceremony)
    .where('person', 'is not distinct from', person)
    .where('expires_at', '>', store.clock.now())
    .executeTakeFirst()
  if (row === undefined) return false
  try {
    const where = { challenge }
    await store.commit({ rows: [{ op: 'delete', table: 'passkey_challenges', where, expect: 1 }], audit: [] })
    return true
  } catch (cause) {
    if (isFault(cause, 'store/conflict')) return false // another request took it first
    throw cause
  }
}
