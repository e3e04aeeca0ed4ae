import limits from './limits.json' with { type: 'json' }
import vocabulary from './sources.json' with { type: 'json' }

/** The numbers and words of the field, as data with their sources: read here, and nowhere else. */

export const sources = vocabulary.ids as [string, ...string[]]

export interface MovementLimits {
  /** Faster than this nobody travels by ordinary means. */
  readonly fastestKilometresPerHour: number
  /** By how much two clocks may differ, both together. */
  readonly clockMinutes: number
  /** By how much two places are nearer than their points, both together. */
  readonly placeKilometres: number
  /** After so long without a sighting a change of country is asked about. */
  readonly gapDays: number
}

export const movementLimits: MovementLimits = limits.movement

export const purgeDays: number = limits.companions.purgeDays
