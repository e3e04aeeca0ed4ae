import type { Asked } from '#capabilities/records/approval'
import { waitForSecond } from '#capabilities/records/approvals'
import { planShare, type ShareInput, type Sharing, shareRecord } from '#capabilities/records/rules'
import { type FourEyesRule, rulesAsking } from '#policy/four-eyes'
import type { Change } from '#store/change'
import type { RecordView } from '#store/reader'

export interface ShareOutcome {
  readonly state: 'done' | 'waiting'
  readonly change: Change
  readonly version: number
  readonly recipients: readonly string[]
  readonly rules: readonly FourEyesRule[]
  readonly approval: string | null
  readonly expiresAt: string | null
}

/** The rules that ask for a second person before this share. */
export function rulesForShare(record: RecordView<object>, input: ShareInput, work: Sharing): FourEyesRule[] {
  const { marks } = planShare(record, input, work)
  return rulesAsking({
    act: 'share',
    handling: record.handling,
    body: work.whole.body,
    audience: input.with,
    marks,
    since: [work.whole, ...(work.earlier ?? [])],
    directory: work.directory,
    owner: record.owner,
    now: work.now,
  })
}

/** Shares, or, where a rule asks for a second person, keeps what was asked for until one has decided. What no approval could allow is refused at once. */
export function shareOrWait(
  record: RecordView<object>,
  input: ShareInput,
  work: Sharing & { readonly name: string; readonly reason: string | undefined },
): ShareOutcome {
  const { change, version, recipients } = shareRecord(record, input, work)
  const rules = rulesForShare(record, input, work)
  if (rules.length === 0) return { state: 'done', change, version, recipients, rules, approval: null, expiresAt: null }
  const asked: Asked = { act: 'share', with: input.with, marks: { ...input.marks } }
  const waiting = waitForSecond(record, { asked, rules, recipients, reason: work.reason }, work)
  return {
    state: 'waiting',
    change: waiting.change,
    version: record.version,
    recipients,
    rules,
    approval: waiting.id,
    expiresAt: waiting.expiresAt,
  }
}
