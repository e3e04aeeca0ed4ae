import { type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import { reservationTime } from '#formats/travel/travel-dates'
import type { FlightEnd } from '#formats/travel/traveller'

export interface PnrLeg {
  /** Marketing carrier and number: 'UA988'. */
  readonly flight: string
  readonly operatingCarrier: string | null
  readonly bookingClass: string | null
  readonly departure: FlightEnd
  readonly arrival: FlightEnd
  /** Something else than a flight: a car, a hotel, a train. */
  readonly isOther: boolean
}

/** TVL: times, places, carriers, number and class. Null for one that has no places, which is about another one's class. */
export function readLeg(segment: Segment, today: string, isOther: boolean): PnrLeg | null {
  const [from, to] = [valueAt(segment, 1), valueAt(segment, 2)]
  if (from === '' && to === '') return null
  const [marketing = '', operating = ''] = valuesAt(segment, 3)
  const [number = '', bookingClass = ''] = valuesAt(segment, 4)
  const { departure, arrival } = timesOf(valuesAt(segment, 0), today)
  return {
    flight: `${marketing}${number}`,
    operatingCarrier: operating === '' ? null : operating,
    bookingClass: bookingClass === '' ? null : bookingClass,
    departure: { place: from === '' ? null : from, time: departure },
    arrival: { place: to === '' ? null : to, time: arrival },
    isOther,
  }
}

/** Day and clock of the departure, then of the arrival; the day of the arrival is left out when it is the same. */
function timesOf(components: readonly string[], today: string): Pick<Times, 'departure' | 'arrival'> {
  const filled = components.filter((it) => it !== '')
  const isDay = (text: string | undefined) => text !== undefined && /^\d{6}$/.test(text)
  const day = isDay(filled[0]) ? filled.shift()! : ''
  const clock = filled.length > 0 && !isDay(filled[0]) ? filled.shift()! : ''
  const arrivalDay = isDay(filled[0]) ? filled.shift()! : day
  const arrivalClock = filled[0] ?? ''
  return {
    departure: day === '' ? null : reservationTime(day, clock, today),
    arrival: arrivalClock === '' && arrivalDay === day ? null : reservationTime(arrivalDay, arrivalClock, today),
  }
}

interface Times {
  readonly departure: FlightEnd['time']
  readonly arrival: FlightEnd['time']
}
