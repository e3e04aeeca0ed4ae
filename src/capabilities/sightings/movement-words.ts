import type { MovementLimits } from '#capabilities/sightings/limits'
import type { Leg } from '#capabilities/sightings/movement'

/** Why a leg is marked, in a sentence for each mark. The console says the same in the language of its page. */
export function whyOf(leg: Leg, limits: MovementLimits): string[] {
  const { from, to, hours, unseenHours, kilometres, leastSpeed } = leg
  const said = {
    impossible: () =>
      `At least ${Math.round(kilometres?.least ?? 0)} km in at most ${hours.most.toFixed(1)} hours${leastSpeed === null ? '' : ` needs ${Math.round(leastSpeed)} km/h`}, faster than the fastest ordinary travel (${limits.fastestKilometresPerHour} km/h), with ${limits.clockMinutes} minutes allowed for clocks and ${limits.placeKilometres} km for places: one of the two reports is of somebody else, or wrong in time or place.`,
    'same-time': () =>
      `Reported in ${from.place} and in ${to.place} at one time: a border between them, or one of the two reports is of somebody else.`,
    gap: () =>
      `Not seen for ${Math.floor((unseenHours ?? 0) / 24)} days or more, more than ${limits.gapDays}, and then in another country: how was the border crossed?`,
  }
  return leg.marks.map((it) => said[it]())
}
