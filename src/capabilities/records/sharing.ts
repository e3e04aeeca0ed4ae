import { readEarlier } from '#capabilities/records/approval-store'
import type { Sharing, Source } from '#capabilities/records/rules'
import type { OperationRequest } from '#http/operation'
import { found } from '#http/shapes'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { RecordIdText } from '#protocol/record'
import { readHoldings } from '#store/holdings'
import type { Reader, RecordView } from '#store/reader'

/** What the rules on sharing ask for: the record as this caller may see it and whole, who holds it, who permitted what. */
export async function readSharing(
  record: RecordView<object>,
  { reader, services }: Pick<OperationRequest, 'services'> & { readonly reader: Reader },
): Promise<Sharing> {
  const { store, directories, kinds } = services
  const id = record.id as RecordId
  const whole = found(await reader.whole(id, 'disclose'))
  return {
    caller: reader.caller,
    now: store.clock.now(),
    directory: directories.current(),
    whole,
    kind: kinds.get(record.type),
    holdings: await readHoldings(store, id),
    grants: await reader.grants(id),
    earlier: await readEarlier(store, record),
    sources: await sourcesOf(whole.body, reader),
  }
}

/** What a statement, an answer or a message is about. */
async function sourcesOf(body: { about?: Json; concerning?: Json }, reader: Reader): Promise<Source[]> {
  const named = [body.about, body.concerning].flat()
  const ids = named.flatMap((it) => RecordIdText.safeParse(it).data ?? [])
  return Promise.all(
    [...new Set(ids)].map(async (id) => ({
      id,
      record: await reader.record(id),
      grants: await reader.grants(id),
    })),
  )
}
