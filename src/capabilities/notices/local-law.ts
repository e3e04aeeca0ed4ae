import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fault } from '#capabilities/notices/faults'
import type { LawRule } from '#capabilities/notices/local-action'
import type { Services } from '#http/services'
import { actionClasses } from '#http/travellers'
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
const fileName = 'notice-law.json'

/** Reads the table of this node, once, at the start: a node with a table that cannot be read does not start. Throws `notices/bad-law`. */
export function readLaw({ store, settings }: Pick<Services, 'store' | 'settings'>): void {
  const file = join(settings.dataDirectory, fileName)
  if (!existsSync(file)) return
  let parsed: ReturnType<typeof Law.safeParse>
  try {
    parsed = Law.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw fault('notices/bad-law', `${file} is not JSON.`, { cause })
  }
  if (!parsed.success) throw fault('notices/bad-law', `${file} cannot be used: ${z.prettifyError(parsed.error)}`)
  laws.set(store, parsed.data)
}

export const lawOf = (store: Store): readonly LawRule[] => laws.get(store) ?? builtIn
