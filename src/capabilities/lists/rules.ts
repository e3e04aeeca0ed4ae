import { z } from 'zod'
import { type Listing, listingKind } from '#capabilities/lists/record'
import { type ListFormatName, listFormats } from '#formats/list-formats'
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
  'lists/empty-file': 'invalid',
  'lists/web-page': 'invalid',
  'lists/packed-file': 'unsupported',
  'lists/damaged-file': 'invalid',
  'lists/busy': 'conflict',
  'lists/unknown-import': 'missing',
  'lists/unknown-share': 'missing',
  'lists/reason-missing': 'invalid',
  'lists/same-person': 'forbidden',
  'lists/share-expired': 'conflict',
  'lists/share-decided': 'conflict',
  'lists/too-many-rejected': 'conflict',
  'lists/force-refused': 'forbidden',
  'lists/no-base': 'conflict',
  'lists/known': 'conflict',
  'lists/no-download': 'conflict',
  'lists/download-refused': 'unavailable',
})

export const ListParams = z.object({ list: z.string().regex(/^[a-z0-9-]{2,40}$/) })

export interface DownloadSource {
  /** Addresses by part; `{token}` stands for what the operator was given. */
  readonly parts: Readonly<Record<string, string>>
  /** Hosts that may answer, those of redirects among them. */
  readonly hosts: readonly string[]
  /** Media types that the answer may have. */
  readonly types: readonly string[]
  readonly everyHours: number
}

export interface ListSource {
  readonly id: string
  readonly title: string
  readonly format: ListFormatName
  readonly parts: readonly string[]
  readonly instrument: string
  readonly provision: string
  readonly download?: DownloadSource
  /** Whether an operator of this node defined it. */
  readonly own?: boolean
}

/** The files of a format; a FollowTheMoney list may also be brought up to date by a delta. */
export function partsOf(format: ListFormatName): readonly string[] {
  return format === 'ftm' ? [...listFormats.ftm.parts, 'delta'] : listFormats[format].parts
}

/** The lists that every node knows. */
export const listSources: readonly ListSource[] = sources.map((it) => {
  const format = it.format as ListFormatName
  return { ...it, format, parts: partsOf(format), download: it.download as unknown as DownloadSource }
})

export function sourceOf(id: string, known: readonly ListSource[] = listSources): ListSource {
  const source = known.find((it) => it.id === id)
  if (source === undefined)
    throw fault('lists/unknown', `There is no list ${id}. Known are ${known.map((it) => it.id).join(', ')}.`)
  return source
}

/** What the file of a list is imported with against the checks: who may say so, and that a reason is given. */
export interface Force {
  readonly force: boolean
  readonly reason?: string | undefined
}

/** Overriding a check is for a supervisor, who says why. Throws `lists/force-refused`. */
export function checkForce({ force, reason }: Force, roles: readonly string[]): void {
  if (!force) return
  const rule = 'validation before an import'
  if (!roles.includes('supervisor'))
    throw fault('lists/force-refused', 'Only a supervisor may import a list against the checks.', { rule })
  if (reason === undefined || reason.trim().length < 10)
    throw fault('lists/force-refused', 'Say in a sentence why the list is imported against the checks.', { rule })
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
