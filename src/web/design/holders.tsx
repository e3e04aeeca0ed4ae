import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../node'
import { DeliveryLedger, type ShownHolding } from './ledger'
import { Failed, Slow } from './states'

/** Who holds a record of ours, and in which version: read again as the answers come in. */
export function Holders({ id, version }: { id: string; version: number }) {
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['holding', id], 'holders', id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${id}/holders`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow lines={3} /> : <DeliveryLedger version={version} holdings={data.holders} />
}
