import { acts, outcomes } from '#ledger/acts'

/** What the address of the audit page asks for. Dates are days in the zone of whoever looks. */

const texts = ['person', 'member', 'object', 'owner', 'recipient', 'purpose', 'reference'] as const
const days = ['from', 'to'] as const

export type Conditions = Readonly<Partial<Record<(typeof texts)[number] | (typeof days)[number], string>>> & {
  readonly act?: string
  readonly outcome?: string
}

/** Entries before an index, or after one; the newest when neither is given. */
export interface Place {
  readonly older?: number
  readonly newer?: number
}

export type AuditSearch = Conditions & Place & { readonly tab?: 'ledger' }

/** What is not known is left out, so that an old link still opens. */
export function auditSearchOf(search: object): AuditSearch {
  const given = search as Readonly<Record<string, unknown>>
  const text = (name: string) => String(given[name] ?? '').trim()
  const chosen = [
    ...texts.filter((it) => text(it) !== ''),
    ...days.filter((it) => /^\d{4}-\d{2}-\d{2}$/.test(text(it)) && !Number.isNaN(Date.parse(text(it)))),
    ...(acts.some((it) => it === text('act')) ? ['act'] : []),
    ...(outcomes.some((it) => it === text('outcome')) ? ['outcome'] : []),
  ].map((name) => [name, text(name)])
  const place = (['older', 'newer'] as const).find((it) => Number.isSafeInteger(Number(text(it))) && text(it) !== '')
  return {
    ...Object.fromEntries(chosen),
    ...(place !== undefined && { [place]: Number(text(place)) }),
    ...(given.tab === 'ledger' && { tab: 'ledger' as const }),
  }
}

export function conditionsOf({ older: _, newer: __, tab: ___, ...conditions }: AuditSearch): Conditions {
  return conditions
}

/** The query for one page; the entries of one that goes forward come oldest first and are turned round. */
export function queryOf(conditions: Conditions, { older, newer }: Place, limit: number): URLSearchParams {
  const { from, to, ...rest } = conditions
  const query = new URLSearchParams({ ...rest, limit: String(limit) })
  if (from !== undefined) query.set('from', startOf(from, 0))
  if (to !== undefined) query.set('to', startOf(to, 1))
  if (newer !== undefined) query.set('order', 'oldest')
  const after = newer ?? older
  if (after !== undefined) query.set('after', String(Math.max(0, after)))
  return query
}

/** The beginning of a day here, or of the day after it, in UTC. */
function startOf(day: string, more: 0 | 1): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(year, month - 1, date + more).toISOString()
}
