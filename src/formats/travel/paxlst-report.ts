import type { CarrierReport, ReportedMessage } from '#formats/travel/carrier-report'
import type { EdifactEnd } from '#formats/travel/edifact-messages'
import type { PaxlstMessage } from '#formats/travel/paxlst'
import type { FlightEnd, FlightLeg } from '#formats/travel/traveller'

/** The report on a file of passenger lists, from all that `readPaxlst` gave. */
export function reportOnPaxlst(items: readonly (PaxlstMessage | EdifactEnd)[], readOn: string): CarrierReport {
  return {
    readOn,
    messages: items.flatMap((it) => (it.kind === 'message' ? [reported(it)] : [])),
    findings: items.flatMap((it) => (it.kind === 'end' ? it.findings : [])),
  }
}

function reported(message: PaxlstMessage): ReportedMessage {
  return {
    type: message.type,
    version: message.version,
    reference: message.reference,
    sender: message.interchange?.sender ?? '',
    interchangeReference: message.interchange?.reference ?? '',
    flights: message.legs,
    personsKept: message.travellers.length,
    personsUnnamed: message.unnamed.length,
    counts: message.counts.map((it) => ({ of: `CNT+${it.qualifier}`, stated: it.stated, read: it.counted })),
    leftOut: [],
    findings: message.findings,
  }
}

export function flightText(leg: FlightLeg): string {
  const place = (end: FlightEnd) => end.place ?? '?'
  const times = [leg.departure, leg.arrival].map((it) => it.time?.local ?? it.time?.raw ?? '?')
  return `${leg.flight || 'without a number'} ${place(leg.departure)}–${place(leg.arrival)} ${times.join(' to ')}`
}
