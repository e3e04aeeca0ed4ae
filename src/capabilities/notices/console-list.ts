import { isReviewedHere, type Line, waitingPlaces } from '#capabilities/notices/console-shapes'
import { places as allPlaces } from '#capabilities/notices/lifecycle'

/** What the address of the list says, and what is read for it. */

export const tabs = ['ours', 'review', 'received', 'gate'] as const
export const types = [
  '',
  'red',
  'blue',
  'green',
  'yellow',
  'black',
  'orange',
  'purple',
  'silver',
  'unsc-special',
] as const
export const places = ['', ...allPlaces] as const

export interface Filter {
  readonly tab: (typeof tabs)[number]
  readonly type: (typeof types)[number]
  readonly place: (typeof places)[number]
}

export function filterOf(search: Readonly<Record<string, unknown>>, there: readonly Filter['tab'][]): Filter {
  return {
    tab: there.find((it) => it === search.tab) ?? 'ours',
    type: types.find((it) => it === search.type) ?? '',
    place: places.find((it) => it === search.place) ?? '',
  }
}

export const searchOf = (filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== 'ours'))

interface Read {
  readonly items: readonly Line[]
  readonly next: string | number | null
}

/** What waits for a review comes whole, the clock that runs out first on top; everything else page by page, newest first. */
export async function readFor(
  { tab, type, place }: Filter,
  { secretariat, after }: { readonly secretariat: boolean; readonly after: string | null },
  read: (query: URLSearchParams) => Promise<Read>,
): Promise<Read> {
  const query = (change: Readonly<Record<string, string>>) =>
    new URLSearchParams({
      ...(type === '' ? {} : { type }),
      ...(place === '' ? {} : { place }),
      ...(after === null ? {} : { after }),
      ...change,
    })
  if (tab === 'ours') return read(query({ role: 'issuer', limit: '50' }))
  if (tab === 'received') return read(query({ role: 'holder', limit: '50' }))
  if (tab === 'gate') return read(query({ role: 'holder', local: 'review', limit: '50' }))
  const role = secretariat ? 'reviewer' : 'issuer'
  const wanted = place === '' ? waitingPlaces : [place]
  const replies = await Promise.all(wanted.map((it) => read(query({ role, place: it, limit: '200' }))))
  const items = replies.flatMap((it) => it.items).filter(isReviewedHere)
  const byClock = (a: Line, b: Line) => (a.dueAt ?? a.updatedAt).localeCompare(b.dueAt ?? b.updatedAt)
  return { items: place === '' ? items.sort(byClock) : items, next: place === '' ? null : (replies[0]?.next ?? null) }
}
