import type { Sighted } from '#capabilities/sightings/movement'
import { readSeen, type Seen } from '#capabilities/sightings/store'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import type { Reader, RecordView } from '#store/reader'

/** A record of the same person as another, or perhaps of the same. */
export interface Beside {
  readonly id: RecordId
  readonly caption: string
}

export interface OneWay extends Seen {
  /** Records that were merged with this one, whose sightings are in the way. */
  readonly merged: readonly Beside[]
  /** Records that may be the same person: each has its own way, and none of it is in this one. */
  readonly maybe: readonly (Beside & { readonly sightings: number; readonly last: Sighted | null })[]
}

/**
 * The sightings of one person: of the record and of those that people of this node have merged with it, as far as this caller may
 * find each. What nobody has merged stays apart.
 */
export async function readWay(
  reader: Reader,
  about: Pick<RecordView, 'id' | 'owner'>,
  { sameness, kinds }: Pick<Services, 'sameness' | 'kinds'>,
): Promise<OneWay> {
  const visible = async (ids: readonly RecordId[]) =>
    (await Promise.all(ids.map((it) => reader.record(it, 'search')))).filter((it) => it !== undefined)
  const merged = await visible(await sameness.merged(about.id))
  const all = [about, ...merged]
  const seen = await Promise.all(all.map((it) => readSeen(reader, it, kinds)))
  const others = await visible(await sameness.maybe(all.map((it) => it.id)))
  const maybe = await Promise.all(
    others.map(async (it) => {
      const { sightings } = await readSeen(reader, it, kinds)
      const last = sightings.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0] ?? null
      return { id: it.id, caption: it.caption, sightings: sightings.length, last }
    }),
  )
  const sum = (of: keyof Seen['leftOut']) => seen.reduce((total, it) => total + it.leftOut[of], 0)
  return {
    sightings: seen.flatMap((it) => it.sightings),
    more: seen.some((it) => it.more),
    leftOut: { refuted: sum('refuted'), suspended: sum('suspended'), unread: sum('unread') },
    merged: merged.map(({ id, caption }) => ({ id, caption })),
    maybe,
  }
}
