import { sql } from 'kysely'
import { type Page, type PersonRow, tables } from '#capabilities/people/store'
import type { Standing } from '#http/services'
import type { Role } from '#policy/roles'
import type { Store } from '#store/store'

export interface PeopleFilter extends Page {
  /** A part of the name or of the username. */
  readonly text?: string | undefined
  readonly role?: Role | undefined
  readonly state?: 'active' | 'disabled' | 'one-time' | undefined
  readonly factor?: 'with' | 'without' | undefined
  /** As they were added, or those first who signed in last. */
  readonly order: 'added' | 'signed-in'
}

export type ListedRow = PersonRow & { readonly second_factor: boolean }

const secondFactor = sql<boolean>`(
  exists (select from totp_secrets it where it.person = people.id and it.confirmed_at is not null)
  or exists (select from passkeys it where it.person = people.id)
)`
const lastSeen = sql<Date>`coalesce(people.signed_in_at, 'epoch')`

export function readPeople(store: Store, filter: PeopleFilter): Promise<ListedRow[]> {
  const { limit, after, text, role, state, factor, order } = filter
  const [at, id] = after === undefined ? [] : placeOf(after)
  return tables(store)
    .selectFrom('people')
    .selectAll('people')
    .select(secondFactor.as('second_factor'))
    .$if(text !== undefined, (query) => {
      const pattern = `%${(text as string).replaceAll(/[\\%_]/g, (it) => `\\${it}`)}%`
      return query.where((eb) => eb.or([eb('name', 'ilike', pattern), eb('username', 'ilike', pattern)]))
    })
    .$if(role !== undefined, (query) => query.where(sql<boolean>`roles @> ${JSON.stringify([role])}::jsonb`))
    .$if(state === 'disabled', (query) => query.where('disabled_at', 'is not', null))
    .$if(state === 'active', (query) => query.where('disabled_at', 'is', null))
    .$if(state === 'one-time', (query) => query.where('password_until', 'is not', null))
    .$if(factor === 'with', (query) => query.where(secondFactor))
    .$if(factor === 'without', (query) => query.where(sql<boolean>`not ${secondFactor}`))
    .$if(order === 'added' && id !== undefined, (query) => query.where('id', '>', id as string))
    .$if(order === 'added', (query) => query.orderBy('id'))
    .$if(order === 'signed-in' && id !== undefined, (query) =>
      query.where(sql<boolean>`(${lastSeen}, people.id) < (${at as Date}::timestamptz, ${id as string})`),
    )
    .$if(order === 'signed-in', (query) => query.orderBy(lastSeen, 'desc').orderBy('id', 'desc'))
    .limit(limit)
    .execute()
}

/** Roles and standing of those of these ids that there are. */
export async function readStanding(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const rows = await tables(store)
    .selectFrom('people')
    .select(['id', 'roles', 'disabled_at'])
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .execute()
  return new Map(rows.map((it) => [it.id, { roles: it.roles, disabled: it.disabled_at !== null }]))
}

/** Where a page ends: the last sign-in and the id of its last person. */
export function placeAfter({ id, signed_in_at }: Pick<PersonRow, 'id' | 'signed_in_at'>): string {
  return `${signed_in_at?.getTime() ?? 0}~${id}`
}

/** A place that nobody gave out leads to an empty page or a whole one, never to a failure. */
function placeOf(after: string): [at: Date, id: string] {
  const [at = '', id = after] = after.includes('~') ? after.split('~') : []
  const milliseconds = /^\d{1,15}$/.test(at) ? Number(at) : 0
  return [new Date(milliseconds), id]
}
