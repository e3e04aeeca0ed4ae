import type { AskNode, Looking } from '#capabilities/exercise/asking'
import { type NoticesSeen, readNoticesSeen } from '#capabilities/exercise/notice-seen'
import { type RecordsSeen, readRecordsSeen } from '#capabilities/exercise/record-seen'
import type { TaleId } from '#capabilities/exercise/tales'

/**
 * What this office knows of a story, read through the API with the rights of whoever is signed in. Nothing is remembered in
 * the browser, and nothing is asked of another office: each sees what it holds, and that is what the exercise shows.
 */
export type Seen = RecordsSeen | NoticesSeen

export const readSeen = (tale: TaleId, ask: AskNode, looking: Looking): Promise<Seen> =>
  tale === 'records' ? readRecordsSeen(ask, looking) : readNoticesSeen(ask, looking)
