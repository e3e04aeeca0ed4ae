import { z } from 'zod'
import { fault } from '#capabilities/notices/faults'
import type { LawRule } from '#capabilities/notices/local-action'
import type { Services } from '#http/services'
import { actionClasses } from '#http/travellers'
import { readLocalTable } from '#store/local-table'
import type { Store } from '#store/store'
import exerciseLaw from './local-law.json' with { type: 'json' }

/**
 * What the law of a place makes of each class of action: the table of the node itself (`notice-law.json` in its data directory),
 * else that of the exercise, whose last rows are the narrowest.
 */
const Law = z
  .array(
    z.object({
      /** ISO 3166-1 alpha-2, lower case; null for everywhere else. */
      country: z.string().length(2).nullable(),
      class: z.enum(actionClasses),
      permitted: z.enum(actionClasses),
      source: z.string().min(3).max(500),
    }),
  )
  .max(1_000)

const builtIn: readonly LawRule[] = Law.parse(exerciseLaw)
const laws = new WeakMap<Store, readonly LawRule[]>()

/** Reads the table of this node, once, at the start: a node with a table that cannot be read does not start. Throws `notices/bad-law`. */
export function readLaw({ store, settings }: Pick<Services, 'store' | 'settings'>): void {
  const law = readLocalTable(settings.dataDirectory, {
    name: 'notice-law.json',
    Schema: Law,
    refuse: (message, cause) => fault('notices/bad-law', message, { cause }),
  })
  if (law !== undefined) laws.set(store, law)
}

export const lawOf = (store: Store): readonly LawRule[] => laws.get(store) ?? builtIn
