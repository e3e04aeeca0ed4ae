import { z } from 'zod'
import type { Indexed } from '#capabilities/screening/engine'

/** The published list that an entry stands on, with one version of it. */
export const StatedList = z.object({
  id: z.string(),
  version: z.number().nullable(),
  generatedAt: z.string().nullable(),
})
export type StatedList = z.infer<typeof StatedList>

/** One version of a list, by the id of the list. */
export interface NamedVersion {
  readonly name: string
  readonly version: number
  readonly generatedAt: string | null
}

/** Null for what is no entry of a list; without a version while the first one is being written. */
export function statedList(indexed: Indexed | undefined, versions: readonly NamedVersion[]): StatedList | null {
  if (indexed?.as !== 'list') return null
  const held = versions.find((it) => it.name === indexed.dataset)
  return { id: indexed.dataset, version: held?.version ?? null, generatedAt: held?.generatedAt ?? null }
}
