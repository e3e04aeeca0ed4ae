import { runsOut } from '#capabilities/screening/clocks'
import { type Hit, type HitAnswer, hitAnswerKind } from '#capabilities/screening/record'
import { confirmationClock, fault, headerTo, type Work } from '#capabilities/screening/rules'
import type { HitRow } from '#capabilities/screening/store'
import { firstVersion } from '#protocol/draft'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** The finder tells what the owner asked for; the hit waits for the owner again, against a clock of its own. */
export function answerQuestion(
  row: HitRow,
  hit: RecordView<Hit>,
  { text, disclosed }: Pick<HitAnswer, 'text' | 'disclosed'>,
  { caller, now }: Work,
): { change: Change; id: `rec_${string}` } {
  if (row.role !== 'finder') throw fault('hits/not-finder', 'The answer comes from the member that found the hit.')
  if (row.state !== 'more-information')
    throw fault('hits/not-asked', `The owner asks for nothing: the hit is ${row.state}.`)
  const dueAt = runsOut(confirmationClock, now)
  const body: HitAnswer = { about: hit.body.about, hit: hit.id, text, disclosed, dueAt, dueRule: confirmationClock }
  const handling = headerTo(hit, [row.other], now)
  const draft = firstVersion({ kind: hitAnswerKind, owner: hit.owner, now, handling, body })
  const purpose = purposeOf(draft.handling, caller.purpose)
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: hitAnswerKind.caption(body) }],
      rows: [
        {
          op: 'update',
          table: 'hits',
          where: { id: row.id, state: row.state },
          values: { state: 'reported', due_at: dueAt, due_rule: confirmationClock, answered_at: null, late: false },
          expect: 1,
        },
      ],
      send: [{ to: row.other, purpose, content: { kind: 'record', id: draft.id, version: 1 } }],
      touched: [{ type: 'hit', id: row.id }],
      audit: [audited('disclose', caller, { object: draft, recipient: row.other })],
    },
  }
}
