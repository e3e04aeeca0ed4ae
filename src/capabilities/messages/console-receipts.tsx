import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Holders } from '../../web/design/holders'
import type { ShownHolding } from '../../web/design/ledger'
import { MemberName } from '../../web/design/member-name'
import { useAsk } from '../../web/node'

/** What became of a message of ours at each recipient: on its way, there, read, refused; by their signed receipts. */
export function Receipts({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['live', ['holding', id], 'holders', id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${id}/holders`),
  })
  if (data === undefined || data.holders.length === 0) return null
  return (
    <>
      <ul className="receipts" aria-label={t('messages.receipts.title')}>
        {data.holders.map((it) => (
          <li key={it.member}>
            <MemberName id={it.member} /> <strong>{t(`messages.receipts.${standing(it)}`)}</strong>{' '}
            <Moment at={it.since} />
          </li>
        ))}
        <li>
          <Help about={t('messages.receipts.title')} rule={t('messages.help.receiptsRule')}>
            <p>{t('messages.help.receipts')}</p>
          </Help>
        </li>
      </ul>
      <details>
        <summary>{t('web.ledger.title')}</summary>
        <Holders id={id} version={version} />
      </details>
    </>
  )
}

function standing({ state, readVersion }: ShownHolding): string {
  return state === 'held' && readVersion !== null ? 'read' : state
}
