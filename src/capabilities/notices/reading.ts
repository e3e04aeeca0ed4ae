import { fault } from '#capabilities/notices/faults'
import { type Notice, noticeKind } from '#capabilities/notices/record'
import { type NoticeRow, readNoticeRow } from '#capabilities/notices/store'
import type { OperationRequest } from '#http/operation'
import { foundOf } from '#http/shapes'
import type { RecordView } from '#store/reader'

type Request = Pick<OperationRequest, 'caller' | 'reader' | 'services'>

export interface OpenNotice {
  readonly view: RecordView<Notice>
  readonly row: NoticeRow
  readonly now: Date
}

/** A notice as this caller may see it, with where it stands here; what waits for the legal gate only its reviewers may. */
export async function openNotice(id: string, { reader, services: { store } }: Request): Promise<OpenNotice> {
  const [view, row] = await Promise.all([reader.record<Notice>(id), readNoticeRow(store, id)])
  const seen = foundOf(noticeKind, view)
  if (row === undefined) throw fault('notices/unknown', 'There is no such notice here.')
  return { view: seen, row, now: store.clock.now() }
}

export const workOf = ({ caller, services: { store, directories } }: Request) => ({
  caller,
  now: store.clock.now(),
  directory: directories.current(),
})
