import { fault } from '#capabilities/border/faults'
import { deskPurpose } from '#capabilities/border/look-up'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import type { Handling, HeldHandling, Purpose } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'
import type { Dispatch } from '#store/change'
import type { RecordView } from '#store/reader'

/** What two offices say about an alert inherits its handling, and goes to those named alone. */

interface Statement<Body extends object> {
  readonly kind: RecordKind<Body>
  readonly owner: string
  readonly to: readonly string[]
  readonly body: Body
  readonly now: Date
  /** Sooner than that of the alert. */
  readonly expiresAt?: string
}

export function state<Body extends object>(
  source: Pick<RecordView<object>, 'handling'>,
  { kind, owner, to, body, now, expiresAt }: Statement<Body>,
): { draft: RecordDraft; put: { record: RecordDraft; caption: string }; send: Dispatch[] } {
  const members = to.filter((it) => it !== owner)
  const draft = firstVersion({
    kind,
    owner,
    now,
    handling: headerTo(source.handling, { members, now, expiresAt }),
    body,
  })
  const purpose = purposeIn(source.handling)
  return {
    draft,
    put: { record: draft, caption: kind.caption(body) },
    send: members.map((it) => ({ to: it, purpose, content: { kind: 'record', id: draft.id, version: 1 } })),
  }
}

function headerTo(
  source: HeldHandling,
  { members, now, expiresAt }: { members: readonly string[]; now: Date; expiresAt: string | undefined },
): Handling {
  const until = expiresAt === undefined || expiresAt > source.expiresAt ? source.expiresAt : expiresAt
  const reviewAt = [source.reviewAt, until, addTime(now, 1, 'years')].sort()[0]!
  return {
    ...source,
    audience: { members: [...members], groups: [], sectors: [] },
    onward: 'no',
    reviewAt,
    expiresAt: until,
  }
}

function purposeIn({ purposes }: Pick<Handling, 'purposes'>): Purpose {
  return purposes.includes(deskPurpose) ? deskPurpose : purposes[0]!
}

/** The alert as this caller may see it now. Throws `border/alert-gone` when it was taken back, ran out, or is not for this caller. */
export function foundAlert(view: RecordView<object> | undefined, id: RecordId): RecordView<object> {
  if (view === undefined)
    throw fault(
      'border/alert-gone',
      `The alert ${id} is no longer there for you: its owner took it back, or it ran out.`,
    )
  return view
}
