import type { CarrierReport, ReportedMessage } from '#formats/travel/carrier-report'
import type { EdifactEnd } from '#formats/travel/edifact-messages'
import type { PnrgovMessage } from '#formats/travel/pnrgov'

/** The report on a file of passenger name records, from all that `readPnrgov` gave. */
export function reportOnPnrgov(items: readonly (PnrgovMessage | EdifactEnd)[], readOn: string): CarrierReport {
  return {
    readOn,
    messages: items.flatMap((it) => (it.kind === 'message' ? [reported(it)] : [])),
    findings: items.flatMap((it) => (it.kind === 'end' ? it.findings : [])),
  }
}

function reported(message: PnrgovMessage): ReportedMessage {
  const travellers = message.records.reduce((sum, it) => sum + it.travellers.length, 0)
  return {
    type: message.type,
    version: message.version,
    reference: message.reference,
    sender: message.interchange?.sender || message.originator,
    interchangeReference: message.interchange?.reference ?? '',
    flights: message.flight === null ? [] : [message.flight],
    personsKept: travellers,
    personsUnnamed: message.findings.filter((it) => it.code === 'no-name').length,
    counts: [{ of: 'EQN', stated: message.statedCount, read: message.records.length }],
    leftOut: message.leftOut,
    findings: message.findings,
  }
}
