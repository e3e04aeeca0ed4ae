import { type SharePlan, type Source, sourceAllows, type Work } from '#capabilities/records/rules'
import { type Decision, decide, type Grant } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { type EffectiveHandling, effective, type HeldHandling, handlingAt } from '#protocol/handling'
import { enclosing } from '#protocol/pointer'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

interface Because {
  readonly rule: string
  readonly text: string
}

/** What one member would get of a record: nothing and why, or all but the fields that a rule withholds. */
export interface Preview {
  readonly member: string
  readonly permit: boolean
  readonly because: Because[]
  readonly withheld: (Because & { readonly pointer: string })[]
}

interface Previewing extends Work {
  readonly grants: readonly Grant[]
  readonly sources?: readonly Source[]
}

/** What a member would see if the record were shared as planned. Marks that this person may not see are not spoken of. */
export function previewFor(
  record: RecordView<object>,
  { member, plan }: { readonly member: string; readonly plan: Pick<SharePlan, 'audience' | 'marks'> },
  work: Previewing,
): Preview {
  const { audience } = record.handling
  const ours = record.owner === work.caller.actor.member.id
  const handling: HeldHandling =
    ours && audience !== undefined ? { ...record.handling, audience: plan.audience } : record.handling
  const purpose = purposeOf(record.handling, work.caller.purpose)
  const recipient = partyOf(work.directory, member)
  const { owner, state, readers } = record
  const decideOn = (it: EffectiveHandling): Decision =>
    decide(
      work.caller.actor,
      ours ? 'disclose' : 'onward',
      { owner, state, readers, handling: it },
      { now: work.now, purpose, recipient, grants: work.grants },
    )
  const because = [
    decideOn(effective(handling)),
    ...(work.sources ?? []).map((it) => sourceAllows(it, member, { ...work, purpose })),
  ].flatMap((it) => (it.permit ? [] : it.because.map(({ rule, text }) => ({ rule, text }))))
  if (because.length > 0) return { member, permit: false, because, withheld: [] }
  const kept = Object.keys(plan.marks).flatMap((pointer) => {
    const decision = decideOn(handlingAt({ handling, marks: plan.marks }, pointer))
    const [first] = decision.permit ? [] : decision.because
    return first === undefined ? [] : [{ pointer, rule: first.rule, text: first.text }]
  })
  const outermost = kept.filter(
    (it) => !enclosing(it.pointer).some((outer) => kept.some((one) => one.pointer === outer)),
  )
  return { member, permit: true, because: [], withheld: outermost }
}
