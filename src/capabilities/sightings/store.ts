import type { Sighted } from '#capabilities/sightings/movement'
import { type Sighting, sightingKind } from '#capabilities/sightings/record'
import type { RecordId } from '#kernel/ids'
import type { AnyRecordKind } from '#protocol/record-kind'
import type { Reader, RecordFilter, RecordView } from '#store/reader'

/** More sightings of one subject than this are told of, and the newest are drawn. */
export const mostSightings = 2_000

export interface Seen {
  readonly sightings: readonly Sighted[]
  readonly leftOut: { readonly refuted: number; readonly suspended: number; readonly unread: number }
  readonly more: boolean
}

/**
 * Every record that says where the subject of this one was met, as far as this caller may find it: nobody learns of a sighting
 * that was not shared with them. What the owner found to be somebody else is left out, and so is what is suspended.
 */
export async function readSeen(
  reader: Reader,
  about: Pick<RecordView, 'id' | 'owner'>,
  kinds: ReadonlyMap<string, AnyRecordKind>,
): Promise<Seen> {
  const types = typesWith(kinds, 'seen')
  const filter: RecordFilter = { about: about.id, type: types, limit: mostSightings + 1, newestFirst: true }
  const [views, refuted] = await Promise.all([
    reader.records<object>({ ...filter, states: ['active', 'suspended'] }, 'search'),
    readRefuted(reader, about, kinds),
  ])
  const within = views.slice(0, mostSightings)
  const active = within.filter((it) => it.state === 'active')
  const standing = active.filter((it) => !refuted.has(it.id))
  const sightings = standing.flatMap((it) => sightedOf(it, kinds.get(it.type)) ?? [])
  return {
    sightings,
    more: views.length > mostSightings,
    leftOut: {
      refuted: active.length - standing.length,
      suspended: within.length - active.length,
      unread: standing.length - sightings.length,
    },
  }
}

/** Sightings about one record, newest first, as pages. */
export function readSightings(
  reader: Reader,
  { about, limit, after }: { about: RecordId; limit: number; after?: string | undefined },
): Promise<readonly RecordView<Sighting>[]> {
  return reader.records<Sighting>({ type: sightingKind.type, about, limit, after, newestFirst: true }, 'search')
}

/** Only the owner of the record says whether it was they; the newest answer counts. */
async function readRefuted(
  reader: Reader,
  about: Pick<RecordView, 'id' | 'owner'>,
  kinds: ReadonlyMap<string, AnyRecordKind>,
): Promise<ReadonlySet<string>> {
  const type = typesWith(kinds, 'refutes')
  const answers = await reader.records<object>(
    { about: about.id, type, owner: about.owner, limit: mostSightings },
    'search',
  )
  const refuted = new Set<string>()
  for (const it of answers) {
    const answer = kinds.get(it.type)?.refutes?.(it.body)
    if (answer?.refuted) refuted.add(answer.sighting)
    else if (answer !== undefined) refuted.delete(answer.sighting)
  }
  return refuted
}

function typesWith(kinds: ReadonlyMap<string, AnyRecordKind>, what: 'seen' | 'refutes'): string[] {
  return [...kinds.values()].filter((it) => it[what] !== undefined).map((it) => it.type)
}

/** Undefined for a record that says no place, or of which this caller may not see enough to know it. */
function sightedOf(view: RecordView<object>, kind: AnyRecordKind | undefined): Sighted | undefined {
  const parsed = kind?.Body.safeParse(view.body)
  const seen = parsed?.success ? kind?.seen?.(parsed.data) : undefined
  if (seen === undefined) return undefined
  const { about: _, country, ...rest } = seen
  const sure = view.type === sightingKind.type ? (view.body as Sighting).sure : null
  return { id: view.id, type: view.type, owner: view.owner, ...rest, country: country?.toLowerCase() ?? null, sure }
}
