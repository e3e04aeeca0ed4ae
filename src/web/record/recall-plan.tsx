import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Help } from '../design/help'
import type { ShownHolding } from '../design/ledger'
import { MemberName } from '../design/member-name'
import { Problem } from '../design/problem'
import { Failed, Slow } from '../design/states'
import { useAsk } from '../node'

interface Derived {
  readonly id: string
  readonly type: string
  readonly owner: string
  readonly caption: string
}

/** What taking a record back comes to, before it is done: who is told, who is silent, and what is left of it elsewhere. */
export function RecallPlan({ id }: { id: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error } = useQuery({
    queryKey: ['live', ['holding', id], 'recall-plan', id],
    queryFn: async () => {
      const [{ holders }, { items }] = await Promise.all([
        ask<{ holders: ShownHolding[] }>(`/api/v1/records/${id}/holders`),
        ask<{ items: Derived[] }>(`/api/v1/records/${id}/derived`),
      ])
      return { holders: holders.filter((it) => it.state !== 'erased' && it.state !== 'rejected'), derived: items }
    },
  })
  if (error !== null) return <Failed cause={error} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <div className="plan">
      <Told holders={data.holders} />
      <Left derived={data.derived} />
      <Group gap="sm" wrap="nowrap" align="flex-start" className="caution">
        <span>{t('web.acts.plan.limit')}</span>
        <Help about={t('web.acts.plan.limitTitle')} rule="protocol point 7">
          <p>{t('web.acts.plan.limitHelp')}</p>
        </Help>
      </Group>
    </div>
  )
}

function Told({ holders }: { holders: readonly ShownHolding[] }) {
  const { t } = useTranslation()
  if (holders.length === 0) return <p>{t('web.acts.plan.nobody')}</p>
  return (
    <section>
      <h3>{t('web.acts.plan.told', { number: holders.length })}</h3>
      <ul>
        {holders.map((it) => (
          <li key={it.member}>
            <MemberName id={it.member} />
            {it.via !== null && (
              <>
                {' '}
                {t('web.ledger.via')} <MemberName id={it.via} />
              </>
            )}
            {it.open !== null && (
              <span className="warns">
                {t('web.acts.plan.silent')} <Problem code={it.open.problem} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is about the record, by kind: each kind has its own fate. */
function Left({ derived }: { derived: readonly Derived[] }) {
  const { t, i18n } = useTranslation()
  if (derived.length === 0) return <p>{t('web.acts.plan.nothingLeft')}</p>
  const kinds = [...Map.groupBy(derived, (it) => it.type)]
  return (
    <section>
      <h3>{t('web.acts.plan.left', { number: derived.length })}</h3>
      <ul>
        {kinds.map(([type, items]) => (
          <li key={type}>
            {t(
              i18n.exists(`web.acts.plan.kinds.${type}`) ? `web.acts.plan.kinds.${type}` : 'web.acts.plan.kinds.other',
            )}
            <ul>
              {items.map((it) => (
                <li key={it.id}>
                  <bdi>{it.caption}</bdi> · <MemberName id={it.owner} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
