import { noticeWork } from '#capabilities/exercise/notice-records'
import { type NoticeStepId, noticeSteps } from '#capabilities/exercise/notice-steps'
import { type RecordStepId, recordSteps } from '#capabilities/exercise/record-steps'
import type { OfficeId, StoryStep } from '#capabilities/exercise/steps'
import { storyWork } from '#capabilities/exercise/story-records'

/** The stories of the exercise. No two have a step of the same name: a step says which story it is of. */

export type StepId = RecordStepId | NoticeStepId
export type TaleId = 'records' | 'notices'
export type TaleStep = StoryStep<StepId>

export interface Tale {
  readonly id: TaleId
  /** For which purpose and under which file its people work. */
  readonly work: { readonly purpose: string; readonly reference: string }
  /** Offices without which it cannot be played. */
  readonly players: readonly OfficeId[]
  readonly steps: readonly TaleStep[]
}

export const tales: readonly Tale[] = [
  {
    id: 'records',
    work: storyWork,
    players: ['fr', 'ke', 'horizon-bank', 'id'],
    steps: recordSteps as readonly TaleStep[],
  },
  {
    id: 'notices',
    work: noticeWork,
    players: ['secretariat', 'fr', 'ke', 'id'],
    steps: noticeSteps as readonly TaleStep[],
  },
]

export const taleOf = (id: TaleId): Tale => tales.find((it) => it.id === id)!

export const taleWith = (step: string | undefined): Tale | undefined =>
  tales.find((it) => it.steps.some((one) => one.id === step))

export const stepOf = (id: string | undefined): TaleStep | undefined => taleWith(id)?.steps.find((it) => it.id === id)
