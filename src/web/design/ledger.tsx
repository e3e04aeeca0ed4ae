import { useTranslation } from 'react-i18next'
import { Moment } from './clock'
import { MemberName } from './member-name'
import { Empty } from './states'

export interface ShownHolding {
  readonly member: string
  readonly version: number
  readonly state: 'sent' | 'held' | 'rejected' | 'recalling' | 'erased'
  readonly via: string | null
  readonly readVersion: number | null
  readonly since: string
  readonly open: { readonly kind: string; readonly since: string; readonly problem: string | null } | null
  readonly refusal: { readonly code: string; readonly rule: string | null } | null
}

/** Who holds which version, what they said, and what is still open (protocol point 7). */
export function DeliveryLedger({ version, holdings }: { version: number; holdings: readonly ShownHolding[] }) {
  const { t } = useTranslation()
  if (holdings.length === 0) return <Empty title={t('web.ledger.none')}>{t('web.ledger.noneText')}</Empty>
  return (
    <table className="facts ledger">
      <caption>{t('web.ledger.title')}</caption>
      <thead>
        <tr>
          {(['member', 'state', 'version', 'read', 'since'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`web.ledger.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {holdings.map((it) => (
          <tr key={it.member}>
            <th scope="row">
              <MemberName id={it.member} />
              {it.via !== null && (
                <span className="under">
                  {t('web.ledger.via')} <MemberName id={it.via} />
                </span>
              )}
            </th>
            <td>
              <span className={`state state-${it.open !== null ? 'open' : it.state}`}>
                {t(`web.ledger.states.${it.state}`)}
              </span>
              {it.open !== null && (
                <span className="warns">
                  {t('web.ledger.openSince')} <Moment at={it.open.since} />
                  {it.open.problem !== null && ` (${it.open.problem})`}
                </span>
              )}
              {it.refusal !== null && <span className="warns">{it.refusal.rule ?? it.refusal.code}</span>}
            </td>
            <td>
              <bdi>{it.version}</bdi>
              {it.state === 'held' && it.version < version && <span className="warns">{t('web.ledger.behind')}</span>}
            </td>
            <td>{it.readVersion !== null && <bdi>{it.readVersion}</bdi>}</td>
            <td>
              <Moment at={it.since} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
