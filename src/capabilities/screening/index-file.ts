import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { lexiconOf } from '#capabilities/screening/lexicon'
import type { Services } from '#http/services'
import type { MatchEntity } from '#matching/entity'
import type { IndexSettings, MatchingIndex } from '#matching/name-index'
import { readSegment, writeSegment } from '#matching/segment'
import { keptFile } from '#store/kept-file'

/**
 * The index as a file in the data directory, so that a start reads it instead of indexing everything anew. With the index stands
 * a digest of each entity: what the store says otherwise at the start is indexed again, and what it does not have is removed.
 */

export interface KeptIndex {
  readonly index: MatchingIndex
  /** Digests of the entities in it, by id. */
  readonly digests: ReadonlyMap<string, number>
}

/** With which pack of names the words were indexed: with another they would be found under other keys. */
const packOf = (services: Services) => lexiconOf(services)?.facts.sha256 ?? null

const About = z.object({ pack: z.string().nullable(), digests: z.array(z.tuple([z.string(), z.number()])) })

const digestBytes = 6

/** Of all that matching is given of an entity: 48 bits, to tell one version of the same record from another. */
export function entityDigest({ schema, properties, weak }: MatchEntity): number {
  const text = JSON.stringify([schema, properties, weak ?? []])
  return createHash('sha256').update(text).digest().readUIntBE(0, digestBytes)
}

const fileOf = ({ settings, log }: Services) =>
  keptFile(join(settings.dataDirectory, 'screening', 'index.segment'), { log, what: 'index' })

/** What an earlier run kept; nothing when there is none, or it is damaged or of another version of the engine. */
export function readKeptIndex(services: Services, settings: IndexSettings): Promise<KeptIndex | undefined> {
  return fileOf(services).read(async (path) => {
    const { index, info } = await readSegment(path, settings)
    const { pack, digests } = About.parse(info.about)
    return pack === packOf(services) ? { index, digests: new Map(digests) } : undefined
  })
}

/** Nothing may be indexed until it resolves. A file that cannot be written costs the next start time, and nothing else. */
export async function keepIndex(
  services: Services,
  { index, digests }: { index: MatchingIndex; digests: Iterable<readonly [string, number]> },
): Promise<void> {
  await fileOf(services).write((path) => writeSegment(index, path, { pack: packOf(services), digests: [...digests] }))
}

/** What was erased must not stay on disk until the index is next kept. */
export const dropIndexFile = (services: Services) => fileOf(services).drop()
