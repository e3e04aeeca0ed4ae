import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useAsk, useSignedIn } from '../node'
import { OpenDelivery } from '../record/open-delivery'
import { Help } from './help'
import { DeliveryLedger, type ShownHolding } from './ledger'
import { Failed, Slow } from './states'

/** Who holds a record of ours, and in which version: read again as the answers come in. */
export function Holders({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['holding', id], 'holders', id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${id}/holders`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  const acts = roles.some((it) => it === 'officer' || it === 'supervisor')
    ? (it: ShownHolding) => it.open !== null && <OpenDelivery record={id} member={it.member} />
    : undefined
  return (
    <section id="holders" aria-label={t('web.ledger.title')}>
      <DeliveryLedger
        version={version}
        holdings={data.holders}
        {...(acts !== undefined && data.holders.some((it) => it.open !== null) ? { acts } : {})}
      />
      <Group gap="sm" mt="sm">
        <Help about={t('web.ledger.title')} rule="protocol points 6 and 7">
          <p>{t('web.ledger.help')}</p>
        </Help>
        {data.holders.length > 0 && <Standing holdings={data.holders} />}
      </Group>
    </section>
  )
}

/** How far the answers have come, read out as they come in. */
function Standing({ holdings }: { holdings: readonly ShownHolding[] }) {
  const { t } = useTranslation()
  const open = holdings.filter((it) => it.open !== null).length
  return (
    <p role="status" className="under">
      {open === 0 ? t('web.ledger.allAnswered') : t('web.ledger.unanswered', { open, all: holdings.length })}
    </p>
  )
}
