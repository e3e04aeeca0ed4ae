import { fault } from '#capabilities/border/faults'
import type { Looked } from '#capabilities/border/look-up'
import type { Manifest, Passenger } from '#capabilities/border/manifest'
import type { KeptPassenger, MessageSummary } from '#capabilities/border/message-store'
import type { Place } from '#capabilities/border/record'
import type { CarrierReport } from '#formats/travel/carrier-report'
import type { PassengerAnswer } from '#formats/travel/cusres'
import answers from './carrier-answers.json' with { type: 'json' }

/** Everybody in a message, looked up: kept whole, or kept with what is missing. Pure. */

/** Throws `border/passengers-lost` when somebody who came in did not come out: a fault of this program, never of the message. */
export function keepPassengers(passengers: readonly Passenger[], looked: readonly Looked[]): KeptPassenger[] {
  if (passengers.length !== looked.length)
    throw fault('border/passengers-lost', `${passengers.length} passengers came in, ${looked.length} were looked up.`)
  return passengers.map((it, at) => ({
    ...it,
    missing: missingOf(it),
    declared: looked[at]!.declared.flatMap(({ declarations }) =>
      declarations.map(({ number, status, owner }) => ({ number, status, owner })),
    ),
  }))
}

function missingOf({ presented: { names, birthDate, documents } }: Passenger): KeptPassenger['missing'] {
  return [
    ...(names.length === 0 ? (['name'] as const) : []),
    ...(birthDate === null ? (['birth-date'] as const) : []),
    ...(documents.length === 0 ? (['document'] as const) : []),
  ]
}

export function summarise(
  { carrier, flights, report }: Pick<Manifest, 'carrier' | 'flights' | 'report'>,
  kept: readonly KeptPassenger[],
  { where, met }: { where: Place; met: number },
): MessageSummary {
  const incomplete = kept.filter((it) => it.missing.length > 0).length
  const declared = kept.filter((it) => it.declared.length > 0).length
  return {
    where,
    carrier,
    flights,
    counts: { read: kept.length, kept: kept.length - incomplete, incomplete, met, declared },
    findings: countFindings(report),
  }
}

function countFindings({ messages, findings }: CarrierReport): MessageSummary['findings'] {
  const all = [...messages.flatMap((it) => it.findings), ...findings]
  const of = (severity: string) => all.filter((it) => it.severity === severity).length
  return { errors: of('error'), warnings: of('warning'), notes: of('note') }
}

/**
 * What the carrier is told of each. By itself it depends on the document and on what is missing, and on no alert: a carrier's
 * agent is at no counter of ours. `told` has the code that a person decided on, by place in the message.
 */
export function answersFor(
  kept: readonly Pick<
    KeptPassenger,
    'missing' | 'declared' | 'bookingLocator' | 'passengerReference' | 'place' | 'presented'
  >[],
  told: ReadonlyMap<number, string> = new Map(),
): PassengerAnswer[] {
  return kept.map(({ missing, declared, bookingLocator, passengerReference, place, presented }, at) => {
    const found = declared.length > 0 ? answers.declaredDocument : missing.length > 0 ? answers.incomplete : null
    const codes = [...new Set([told.get(place), found])].filter((it) => it != null)
    return {
      bookingLocator,
      passengerReference,
      codes: codes.length === 0 ? [answers.fit] : codes,
      texts: [],
      place: { number: at + 1, name: presented.names[0] ?? '' },
    }
  })
}
