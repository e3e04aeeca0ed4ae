import { type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import { type LocalTime, localTime } from '#formats/travel/travel-dates'
import type { FlightLeg } from '#formats/travel/traveller'
import codes from './paxlst-codes.json' with { type: 'json' }

const placeUses: Readonly<Record<string, string>> = codes.legPlaces
const timeUses: Readonly<Record<string, string>> = codes.legTimes

interface Draft {
  flight: string
  carrier: string
  departure: { place: string | null; time: LocalTime | null }
  arrival: { place: string | null; time: LocalTime | null }
  via: string[]
  /** A place that the next time will make the departure or the arrival (LOC+92, other leg). */
  pending: string | null
}

/** Gathers the flights of a message from TDT, LOC and DTM. */
export function startLegs(today: string) {
  const legs: Draft[] = []

  const begin = (flight: string, carrier: string): Draft => {
    const leg: Draft = {
      flight,
      carrier,
      departure: { place: null, time: null },
      arrival: { place: null, time: null },
      via: [],
      pending: null,
    }
    legs.push(leg)
    return leg
  }

  /** False when the segment is none of a flight. */
  function take(segment: Segment): boolean {
    if (segment.tag === 'TDT') {
      begin(valueAt(segment, 1), valueAt(segment, 4))
      return true
    }
    const use = valueAt(segment, 0)
    const kind = segment.tag === 'LOC' ? placeUses[use] : segment.tag === 'DTM' ? timeUses[use] : undefined
    if (kind === undefined) return false
    const leg = legs.at(-1) ?? begin('', '')
    if (segment.tag === 'LOC') {
      const place = valuesAt(segment, 1).find((it) => it !== '') ?? null
      if (kind === 'departure' || kind === 'arrival') leg[kind].place ??= place
      else {
        if (leg.pending !== null) leg.via.push(leg.pending)
        leg.pending = place
      }
      return true
    }
    const end = kind === 'departure' ? leg.departure : leg.arrival
    // a date and a time may stand in two components ('20241120:1430:203'), so a format code at the end is left out
    const parts = [...valuesAt(segment, 0).slice(1), ...valuesAt(segment, 1)]
    const raw = parts.filter((it, index) => it !== '' && (index === 0 || !/^\d{3}$/.test(it))).join('')
    end.time ??= raw === '' ? null : localTime(raw, today)
    if (leg.pending !== null && end.place === null) {
      end.place = leg.pending
      leg.pending = null
    }
    return true
  }

  const end = (): FlightLeg[] =>
    legs.map(({ pending, via, ...it }) => ({ ...it, via: pending === null ? via : [...via, pending] }))

  return { take, end }
}
