import { useQuery } from '@tanstack/react-query'
import { DeliveryLedger, type ShownHolding } from '../../web/design/ledger'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'

/** Who got a message of ours, and who has read it. */
export function Holders({ id, version }: { id: string; version: number }) {
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['holding', id], 'holders', id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${id}/holders`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow lines={3} /> : <DeliveryLedger version={version} holdings={data.holders} />
}
