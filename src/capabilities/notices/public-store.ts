import { entityIdOf, isPublic, type Published } from '#capabilities/notices/public-extract'
import { Notice, type NoticeType } from '#capabilities/notices/record'
import { tables } from '#capabilities/notices/store'
import type { Services } from '#http/services'

/**
 * The notices of a type that this node may show to anybody: in force, its own or reviewed here, with consent. Read from the
 * tables and not through a caller's reader, since the public is no caller: what `detailOf` picks is all that leaves.
 */
export async function readPublished(type: NoticeType, { store, directories }: Services): Promise<Published[]> {
  const rows = await tables(store)
    .selectFrom('notices')
    .innerJoin('records', 'records.id', 'notices.id')
    .select(['records.id', 'records.owner', 'records.version', 'records.issued_at', 'records.handling', 'records.body'])
    .where('notices.place', '=', 'published')
    .where('notices.role', 'in', ['issuer', 'reviewer'])
    .where('notices.type', '=', type)
    .where('records.state', '=', 'active')
    .where('records.expires_at', '>', store.clock.now().toISOString())
    .whereRef('records.version', '=', 'notices.version')
    .orderBy('records.id', 'desc')
    .execute()
  const countries = new Map(directories.current().members.map((it) => [it.id, it.country]))
  return rows.flatMap(({ id, owner, version, issued_at, handling, body }) => {
    const notice = Notice.parse(body)
    if (!isPublic(notice)) return []
    const { reviewAt, expiresAt } = handling
    const country = countries.get(owner) ?? null
    return [{ id, owner, country, version, issuedAt: issued_at, reviewAt, expiresAt, notice }]
  })
}

/** By the id of its address: `2026-4f…`. */
export async function readOnePublished(
  type: NoticeType,
  address: string,
  services: Services,
): Promise<Published | undefined> {
  const all = await readPublished(type, services)
  return all.find((it) => entityIdOf(it).replace('/', '-') === address)
}
