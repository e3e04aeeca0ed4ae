import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { lexiconOf } from '#capabilities/screening/lexicon'
import type { Services } from '#http/services'
import type { MatchEntity } from '#matching/entity'
import type { IndexSettings, MatchingIndex } from '#matching/name-index'
import { readSegment, writeSegment } from '#matching/segment'

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

const indexFile = ({ settings }: Services) => join(settings.dataDirectory, 'screening', 'index.segment')

/** What an earlier run kept; nothing when there is none, or it is damaged or of another version of the engine. */
export async function readKeptIndex(services: Services, settings: IndexSettings): Promise<KeptIndex | undefined> {
  try {
    const { index, info } = await readSegment(indexFile(services), settings)
    const { pack, digests } = About.parse(info.about)
    return pack === packOf(services) ? { index, digests: new Map(digests) } : undefined
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT')
      services.log.warn({ err, file: indexFile(services) }, 'the kept index cannot be used; everything is indexed anew')
    return undefined
  }
}

/** Nothing may be indexed until it resolves. A file that cannot be written costs the next start time, and nothing else. */
export async function keepIndex(
  services: Services,
  { index, digests }: { index: MatchingIndex; digests: Iterable<readonly [string, number]> },
): Promise<void> {
  const file = indexFile(services)
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeSegment(index, file, { pack: packOf(services), digests: [...digests] })
  } catch (err) {
    services.log.warn({ err, file }, 'the index could not be kept')
  }
}

/** What was erased must not stay on disk until the index is next kept. */
export async function dropIndexFile(services: Services): Promise<void> {
  await rm(indexFile(services), { force: true })
}
