import { z } from 'zod'
import { fault } from '#capabilities/border/faults'
import type { Services } from '#http/services'
import { readLocalTable } from '#store/local-table'
import type { Store } from '#store/store'
import exercise from './desks.json' with { type: 'json' }

/** Where people of a node stand: an airport hall, a port, a crossing. */
export const Desk = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens'),
  name: z.string().trim().min(2).max(120),
  /** UN/LOCODE without a blank. */
  code: z.string().regex(/^[A-Z]{2}[A-Z0-9]{3}$/, 'a UN/LOCODE without a blank'),
  kind: z.enum(['air', 'sea', 'land']),
})
export type Desk = z.infer<typeof Desk>

const Desks = z
  .array(Desk)
  .max(1_000)
  .refine((all) => new Set(all.map((it) => it.id)).size === all.length, 'each desk has an id of its own')

const own = new WeakMap<Store, readonly Desk[]>()

/** Reads the desks of this node (`desks.json` in its data directory), once, at the start. Throws `border/bad-desks`. */
export function readDesks({ store, settings }: Pick<Services, 'store' | 'settings'>): void {
  const desks = readLocalTable(settings.dataDirectory, {
    name: 'desks.json',
    Schema: Desks,
    refuse: (message, cause) => fault('border/bad-desks', message, { cause }),
  })
  if (desks !== undefined) own.set(store, desks)
}

/** Those of the node itself, else those that its member has in the exercise. */
export function desksOf(store: Store): readonly Desk[] {
  return (
    own.get(store) ??
    exercise.desks
      .filter((it) => it.member === store.me)
      .map(({ member, ...it }) => ({ ...it, kind: it.kind as Desk['kind'] }))
  )
}

/** Throws `border/unknown-desk`. */
export function findDesk(store: Store, id: string): Desk {
  const desk = desksOf(store).find((it) => it.id === id)
  if (desk === undefined) throw fault('border/unknown-desk', `This node has no desk ${id}.`)
  return desk
}
