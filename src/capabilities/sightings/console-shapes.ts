import type { Movement } from '#capabilities/sightings/movement'
import type { OneWay } from '#capabilities/sightings/one-way'
import type { Sighting } from '#capabilities/sightings/record'

/** What the node answers, as the pages read it. */
export interface ShownMovement extends Movement {
  readonly about: {
    readonly id: string
    readonly type: string
    readonly caption: string
    readonly owner: string
    readonly discreet: boolean
  }
  readonly merged: OneWay['merged']
  readonly maybe: OneWay['maybe']
  readonly leftOut: { readonly refuted: number; readonly suspended: number; readonly unread: number }
  readonly more: boolean
  readonly limits: {
    readonly fastestKilometresPerHour: number
    readonly clockMinutes: number
    readonly placeKilometres: number
    readonly gapDays: number
  }
}

export interface ShownSighting {
  readonly id: string
  readonly owner: string
  readonly body: Sighting
}
