import { fault } from '#capabilities/sightings/faults'
import { purgeDays } from '#capabilities/sightings/limits'
import { companionsPointer, markable, type Sighting, type SightingInput } from '#capabilities/sightings/record'
import { addTime } from '#kernel/clock'
import { effective, type Handling, type HeldHandling, type Mark, meet } from '#protocol/handling'

export type Marks = Readonly<Record<string, Mark>>

export interface Input {
  readonly handling: Handling
  readonly body: SightingInput
  readonly marks: Marks
}

/**
 * Both ends hold companions to this: they are for named persons, and gone after their own short clock, which runs from the
 * version that first told of them. Throws `sightings/companions-kept`.
 */
export function checkCompanions(body: Pick<Sighting, 'companions'>, marks: Marks, issuedAt: string): void {
  if (body.companions === undefined) return
  const mark = Object.hasOwn(marks, companionsPointer) ? marks[companionsPointer] : undefined
  if (mark?.tlp !== 'RED' || mark.expiresAt === undefined || mark.expiresAt > addTime(issuedAt, purgeDays, 'days'))
    throw fault(
      'sightings/companions-kept',
      `Companions are for named readers (TLP:RED) and are kept for ${purgeDays} days at most.`,
      { rule: 'sightings limits: companions.purgeDays' },
    )
}

/** What of the record that it is about a sighting obeys. */
interface Limit {
  readonly owner: string
  readonly handling: HeldHandling
  readonly body: { readonly discreet?: boolean }
}

interface Limiting {
  readonly about: Limit
  readonly now: Date
  /** The mark that companions of an earlier version have. */
  readonly kept?: Mark | undefined
}

/** What was written, narrowed by the record that it is about: a sighting says that there is such a record. */
export function formed({ handling, body, marks }: Input, { about, now, kept }: Limiting) {
  const at = now.toISOString()
  if (body.from > at || handling.expiresAt <= at || handling.reviewAt > handling.expiresAt)
    throw fault(
      'sightings/dates',
      'A sighting lies in the past, is kept for a time, and is reviewed before it expires.',
      {
        rule: 'protocol point 3: review and expiry',
      },
    )
  checkMarks(body, marks)
  const { tlp, codes, purposes, onward } = about.handling
  const { audiences: _, audienceWithheld: __, ...narrow } = meet(effective(handling), { tlp, codes, purposes, onward })
  if (narrow.purposes.length === 0)
    throw fault('sightings/purpose', `The record that it is about may be used for ${purposes.join(', ')} only.`, {
      rule: 'purpose',
    })
  const whole: Sighting = { ...body, aboutOwner: about.owner, discreet: about.body.discreet ?? false }
  return {
    handling: { ...narrow, audience: handling.audience } satisfies Handling,
    body: whole,
    marks: body.companions === undefined ? without(marks) : withCompanions(marks, { handling, now, kept }),
  }
}

function withCompanions(
  marks: Marks,
  { handling, now, kept }: Pick<Limiting, 'now' | 'kept'> & Pick<Input, 'handling'>,
) {
  const given = Object.hasOwn(marks, companionsPointer) ? marks[companionsPointer] : undefined
  const latest = [kept?.expiresAt ?? addTime(now, purgeDays, 'days'), handling.expiresAt, given?.expiresAt]
  const expiresAt = latest.filter((it) => it !== undefined).sort()[0]!
  return { ...marks, [companionsPointer]: { ...given, tlp: 'RED' as const, expiresAt } }
}

function without(marks: Marks): Marks {
  const { [companionsPointer]: _, ...rest } = marks
  return rest
}

function checkMarks(body: SightingInput, marks: Marks): void {
  const stray = Object.keys(marks).find(
    (pointer) => !markable.some((it) => pointer === `/body/${it}` && (body[it] !== undefined || it === 'companions')),
  )
  if (stray !== undefined)
    throw fault('sightings/mark-not-possible', `The mark ${stray} does not point at a field that can be kept back.`, {
      details: { pointer: stray, possible: markable.map((it) => `/body/${it}`) },
    })
}
