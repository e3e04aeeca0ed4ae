import { z } from 'zod'
import type { NamedVersion } from '#capabilities/screening/stated-list'
import type { Services } from '#http/services'
import { followerPositions } from '#store/follow'

/**
 * The versions of the published lists that an answer was made from. The table of lists is read as it is, because capabilities
 * do not know each other.
 */

export const DatasetVersion = z.object({
  name: z.string(),
  version: z.number(),
  /** Of what the entries say; the same at every node that imported the same list. */
  contentHash: z.string(),
  generatedAt: z.string().nullable(),
  /**
   * `current`: all of the version was searched. `changing`: an import writes the next one, or was cut short. `indexing`: all is
   * written, and the matching has not read all of it yet.
   */
  state: z.enum(['current', 'changing', 'indexing']),
})
export type DatasetVersion = z.infer<typeof DatasetVersion>

interface ListRow {
  id: string
  version: number | null
  content_hash: string | null
  generated_at: string | null
  sequence: string | number | null
  changing: string | null
}

/** Of every imported list, or of one; datasets that are no list have no version. */
export async function readDatasetVersions({ store }: Services, dataset?: string): Promise<DatasetVersion[]> {
  const position = followerPositions(store).get('screening') ?? 0
  const rows = await store.db
    .withTables<{ lists: ListRow }>()
    .selectFrom('lists')
    .select(['id', 'version', 'content_hash', 'generated_at', 'sequence', 'changing'])
    .where('version', 'is not', null)
    .$if(dataset !== undefined, (query) => query.where('id', '=', dataset as string))
    .orderBy('id')
    .execute()
  return rows.map(({ id, version, content_hash, generated_at, sequence, changing }) => ({
    name: id,
    version: version ?? 0,
    contentHash: content_hash ?? '',
    generatedAt: generated_at,
    state: changing !== null ? 'changing' : position < Number(sequence ?? 0) ? 'indexing' : 'current',
  }))
}

/** A dataset as the routes name it: one list, or `default` and `lists`, which are of all lists. */
export function versionsFor(services: Services, dataset: string): Promise<DatasetVersion[]> {
  return readDatasetVersions(services, dataset === 'default' || dataset === 'lists' ? undefined : dataset)
}

/** The version of each list that was in force then; of a list that had none yet, the first. */
export async function readVersionsAt({ store }: Services, at: Date): Promise<NamedVersion[]> {
  const rows = await store.db
    .withTables<{
      list_versions: { list: string; version: number; generated_at: string | null; made_at: Date }
    }>()
    .selectFrom('list_versions')
    .select(['list', 'version', 'generated_at'])
    .distinctOn('list')
    .orderBy('list')
    .orderBy((eb) => eb('made_at', '<=', at), 'desc')
    .orderBy((eb) => eb.case().when('made_at', '<=', at).then(eb.neg('version')).else(eb.ref('version')).end())
    .execute()
  return rows.map((it) => ({ name: it.list, version: it.version, generatedAt: it.generated_at }))
}
