import type { Looked, Met } from '#capabilities/border/look-up'
import type { Match } from '#capabilities/border/store'
import { newId } from '#kernel/ids'

/** An id for each alert that a traveller met, in their order. */
export function candidateIds({ met }: Looked, now: Date): string[] {
  return met.map(() => newId('bca', now.getTime()))
}

/** What is put before a person, or to an owner: all that was met but for what redress sets aside. */
export function matchesOf({ met }: Looked, candidates: readonly string[], passenger: number): Match[] {
  return met.flatMap((it, index) => (it.setAside === undefined ? [matchOf(it, candidates[index]!, passenger)] : []))
}

function matchOf({ alert, strength, discreet }: Met, candidate: string, passenger: number): Match {
  const { id, version, owner, type, caption, asked, permitted, loweredBy, sought, match } = alert
  return {
    candidate,
    passenger,
    alert: id,
    version,
    owner,
    type,
    caption,
    strength,
    discreet,
    asked,
    permitted,
    loweredBy,
    sought,
    features: match?.features ?? [],
  }
}
