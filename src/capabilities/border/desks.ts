import { fault } from '#capabilities/border/faults'
import data from './desks.json' with { type: 'json' }

/** Where people of a node stand: an airport hall, a port, a crossing. */
export interface Desk {
  readonly id: string
  readonly name: string
  /** UN/LOCODE without a blank. */
  readonly code: string
  readonly kind: 'air' | 'sea' | 'land'
}

export function desksOf(member: string): readonly Desk[] {
  return data.desks
    .filter((it) => it.member === member)
    .map(({ id, name, code, kind }) => ({ id, name, code, kind: kind as Desk['kind'] }))
}

/** Throws `border/unknown-desk`. */
export function findDesk(member: string, id: string): Desk {
  const desk = desksOf(member).find((it) => it.id === id)
  if (desk === undefined) throw fault('border/unknown-desk', `This node has no desk ${id}.`)
  return desk
}
