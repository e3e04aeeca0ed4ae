import { behindCounter } from '#capabilities/border/candidate-routes'
import type { About } from '#capabilities/border/conversation-rules'
import { fault } from '#capabilities/border/faults'
import { type HitRow, readHit } from '#capabilities/border/store'
import type { OperationRequest } from '#http/operation'
import { type Caller, openReader, type Reader, type RecordView } from '#store/reader'

interface Found {
  readonly row: HitRow
  readonly hit: RecordView<object>
  readonly about: About
  readonly asking: Caller
  readonly reader: Reader
}

/** A hit that this caller may know of. Throws `border/unknown-hit`. */
export async function findHit(
  id: string,
  { caller, store }: Pick<OperationRequest, 'caller'> & { store: OperationRequest['services']['store'] },
): Promise<Found> {
  const asking = behindCounter(caller)
  const reader = openReader(store, asking)
  const [row, hit] = await Promise.all([readHit(store, id), reader.record<object>(id)])
  if (row === undefined || hit === undefined) throw fault('border/unknown-hit', 'There is no such hit.')
  const alert = await reader.record<object>(row.about)
  return { row, hit, about: { source: alert ?? hit, hit }, asking, reader }
}
