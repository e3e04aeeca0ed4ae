import { type Listing, listingOf } from '#capabilities/lists/record'
import type { Plan } from '#capabilities/lists/rules'
import type { EntryRow, ImportReport } from '#capabilities/lists/store'
import type { ListItem } from '#formats/list-entry'
import { hashOf } from '#kernel/canonical'

/** What a file means for the list as it stands: what to write, what to take back, and the numbers to check before that. */
export interface Survey {
  readonly plans: readonly Plan[]
  readonly removed: readonly EntryRow[]
  /** Of every entry of the file, by its ref. */
  readonly digests: ReadonlyMap<string, string>
  readonly rejected: number
  readonly report: Omit<ImportReport, 'removed' | 'seconds'>
}

const rejectedKept = 1_000

export async function surveyList(
  items: AsyncGenerator<ListItem>,
  list: string,
  before: ReadonlyMap<string, EntryRow>,
): Promise<Survey> {
  const digests = new Map<string, string>()
  const plans: Plan[] = []
  const rejected: ImportReport['rejected'][number][] = []
  const counts: Record<string, number> = {}
  const count = (name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by
  }
  let generatedAt: string | null = null
  let changed = 0
  let refused = 0
  for await (const item of items) {
    if (item.kind === 'header') generatedAt = item.generatedAt
    else if (item.kind === 'rejected') {
      refused++
      if (rejected.length < rejectedKept) rejected.push({ where: item.where, code: item.code, reason: item.reason })
    } else {
      const listing = listingOf(list, item.entry)
      countEntry(listing, count)
      const digest = hashOf(listing)
      digests.set(listing.ref, digest)
      const known = before.get(listing.ref)
      if (known?.digest === digest) continue
      if (known !== undefined) changed++
      plans.push({ listing, digest })
    }
  }
  const report = {
    list,
    generatedAt,
    entries: digests.size,
    added: plans.length - changed,
    changed,
    unchanged: digests.size - plans.length,
    counts,
    rejected,
  }
  const removed = [...before.values()].filter((it) => !digests.has(it.ref))
  return { plans, removed, digests, rejected: refused, report }
}

function countEntry({ schema, names, held, properties }: Listing, count: (name: string, by?: number) => void): void {
  count(schema)
  for (const { kind } of names) count(kind)
  for (const it of held) count(it.schema)
  count('birthDate', properties.birthDate?.length ?? 0)
}
