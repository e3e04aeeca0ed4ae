import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inWords, Moment, useNow } from './clock'
import { MemberName } from './member-name'
import { Problem } from './problem'
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

interface Ledger {
  readonly version: number
  readonly holdings: readonly ShownHolding[]
  /** What can be done about a holder who has not answered. */
  readonly acts?: (holding: ShownHolding) => ReactNode
}

/** Who holds which version, what they said, and what is still open (protocol point 7). */
export function DeliveryLedger({ version, holdings, acts }: Ledger) {
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
          {acts !== undefined && (
            <th scope="col">
              <span className="unseen">{t('web.ledger.next')}</span>
            </th>
          )}
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
              <State holding={it} />
            </td>
            <td>
              <bdi>{it.version}</bdi>
              {it.state === 'held' && it.version < version && <span className="warns">{t('web.ledger.behind')}</span>}
            </td>
            <td>{it.readVersion !== null && <bdi>{it.readVersion}</bdi>}</td>
            <td>
              <Moment at={it.since} />
            </td>
            {acts !== undefined && <td>{acts(it)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function State({ holding: { state, open, refusal } }: { holding: ShownHolding }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  return (
    <>
      <span className={`state state-${open !== null ? 'open' : state}`}>{t(`web.ledger.states.${state}`)}</span>
      {open !== null && (
        <span className="under">
          <span className="warns">
            {t(open.kind === 'recall' ? 'web.ledger.recallOpen' : 'web.ledger.open', {
              words: inWords(new Date(open.since), now, i18n.language),
            })}
          </span>{' '}
          <Problem code={open.problem} />
        </span>
      )}
      {refusal !== null && (
        <span className="under warns">
          <bdi>{refusal.rule ?? refusal.code}</bdi>
        </span>
      )}
    </>
  )
}
