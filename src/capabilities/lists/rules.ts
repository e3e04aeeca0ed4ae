import { z } from 'zod'
import { type Listing, listingKind } from '#capabilities/lists/record'
import { addTime } from '#kernel/clock'
import { defineFaults } from '#kernel/fault'
import { newId } from '#kernel/ids'
import { firstVersion, nextVersion } from '#protocol/draft'
import { type Handling, memberKinds } from '#protocol/handling'
import type { RecordPut, RowWrite } from '#store/change'
import type { RecordRow } from '#store/tables'
import sources from './sources.json' with { type: 'json' }

export const fault = defineFaults({
  'lists/unknown': 'missing',
  'lists/part-missing': 'invalid',
  'lists/collapsed': 'conflict',
  'lists/empty': 'invalid',
  'lists/busy': 'conflict',
  'lists/unknown-import': 'missing',
  'lists/unknown-share': 'missing',
  'lists/reason-missing': 'invalid',
  'lists/same-person': 'forbidden',
  'lists/share-expired': 'conflict',
  'lists/share-decided': 'conflict',
})

export const ListParams = z.object({ list: z.string().regex(/^[a-z0-9-]{2,40}$/) })

export interface ListSource {
  readonly id: string
  readonly title: string
  readonly format: string
  readonly parts: readonly string[]
  readonly instrument: string
  readonly provision: string
}

export function sourceOf(id: string): ListSource {
  const source = sources.find((it) => it.id === id)
  if (source === undefined)
    throw fault('lists/unknown', `There is no list ${id}. Known are ${sources.map((it) => it.id).join(', ')}.`)
  return source
}

export const listSources: readonly ListSource[] = sources

/** A feed that lost more than this share of its entries is taken for damaged, unless a person says otherwise. */
const collapseShare = 0.3

export function checkSize(entries: number, before: number, force: boolean): void {
  if (entries === 0) throw fault('lists/empty', 'The file holds no entry. Nothing was changed.')
  if (!force && before > 0 && entries < before * (1 - collapseShare)) {
    throw fault(
      'lists/collapsed',
      `The file holds ${entries} entries where the last import had ${before}. Nothing was changed. If that is right, import it again with force.`,
      {
        details: { entries, before },
      },
    )
  }
}

/** A published list is public: all may hold it and pass it on. */
export function headerOf(source: ListSource, now: Date): Handling {
  return {
    audience: { members: [], groups: [], sectors: [...memberKinds] },
    tlp: 'CLEAR',
    codes: [],
    purposes: ['sanctions-implementation', 'counter-terrorism', 'terrorist-financing', 'border-security'],
    onward: 'audience',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'listed',
    nature: 'fact',
    basis: { instrument: source.instrument, provision: source.provision },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 5, 'years'),
  }
}

export interface Plan {
  readonly listing: Listing
  readonly digest: string
}

/** The first version of a new entry, or the next of a changed one, with its row in the list. */
export function putEntry(
  { listing, digest }: Plan,
  current: RecordRow | undefined,
  { owner, handling, now }: { owner: string; handling: Handling; now: Date },
): { put: RecordPut; row: RowWrite } {
  const record =
    current === undefined
      ? firstVersion({ kind: listingKind, owner, now, handling, body: listing, id: newId('rec', now.getTime()) })
      : nextVersion(current, { now, handling, body: listing })
  return {
    put: { record, caption: listingKind.caption(listing) },
    row: {
      op: 'upsert',
      table: 'list_entries',
      key: ['list', 'ref'],
      values: { list: listing.list, ref: listing.ref, record: record.id, digest },
    },
  }
}
