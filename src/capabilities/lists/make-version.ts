import type { HandedIn } from '#capabilities/lists/imports'
import type { ListSource } from '#capabilities/lists/rules'
import type { Survey } from '#capabilities/lists/survey'
import { namesIn } from '#capabilities/lists/validation'
import {
  contentHash,
  insertVersion,
  type ListVersion,
  readNewestVersion,
  signVersion,
} from '#capabilities/lists/versions'
import type { Services } from '#http/services'
import type { RowWrite } from '#store/change'

interface Making {
  readonly services: Services
  /** Of the import in the history. */
  readonly id?: string
  readonly files?: readonly HandedIn[]
}

/** The version that the file is: the one in force when it says the same, otherwise the next, signed. */
export async function nextVersionOf(
  source: ListSource,
  { digests, report }: Survey,
  { services, id, files }: Making,
): Promise<{ number: number; contentHash: string; rows: RowWrite[] }> {
  const { store, identity } = services
  const hash = contentHash(digests)
  const newest = await readNewestVersion(store, source.id)
  const sameFiles =
    JSON.stringify(newest?.files.map((it) => it.sha256)) === JSON.stringify(files?.map((it) => it.sha256))
  if (newest?.contentHash === hash && (source.format !== 'ftm' || sameFiles))
    return { number: newest.version, contentHash: hash, rows: [] }
  const version: ListVersion = {
    list: source.id,
    version: (newest?.version ?? 0) + 1,
    import: id ?? null,
    format: source.format,
    files: files ?? [],
    entries: digests.size,
    names: namesIn(report.counts),
    contentHash: hash,
    generatedAt: report.generatedAt,
    madeAt: store.clock.now().toISOString(),
  }
  return { number: version.version, contentHash: hash, rows: [insertVersion(version, signVersion(version, identity))] }
}
