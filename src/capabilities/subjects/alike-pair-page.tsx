import './subjects.css'
import { Button, Group, Radio, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../../web/design/name-and-do'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { RecordFacts } from './record-facts'
import type { ShownSubject } from './record-page'

interface Suggestion {
  readonly id: string
  readonly state: 'open' | 'dismissed' | 'merged' | 'lapsed'
  readonly a: ShownSubject
  readonly b: ShownSubject
  readonly features: readonly {
    readonly name: string
    readonly score: number
    readonly query: string
    readonly candidate: string
    readonly explanation: string
  }[]
  readonly reason: string | null
}

/** Two subjects of ours that may be one, side by side. A person decides, with a reason; what was merged can be taken back. */
export function Page() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['merge-suggestion', id], 'suggestion', id],
    queryFn: () => ask<Suggestion>(`/api/v1/merge-suggestions/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const { a, b, state, features, reason } = data
  return (
    <>
      <Title order={1} size="h3">
        {t('subjects.alike.pair')}
      </Title>
      {state === 'open' ? (
        <Decide suggestion={data} />
      ) : (
        <p role="status">
          <strong>{t(`subjects.alike.states.${state}`)}</strong> {reason !== null && <bdi>{reason}</bdi>}
        </p>
      )}
      <table className="facts">
        <caption>{t('subjects.alike.evidence')}</caption>
        <thead>
          <tr>
            {(['what', 'older', 'newer', 'why'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`subjects.alike.columns.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map((it) => (
            <tr key={`${it.name} ${it.query} ${it.candidate}`}>
              <th scope="row" className={it.score < 0 ? 'differs' : 'agrees'}>
                {t(`subjects.alike.features.${it.name}`, it.name.replaceAll('_', ' '))}
                <span className="unseen"> {t(it.score < 0 ? 'subjects.alike.against' : 'subjects.alike.for')}</span>
              </th>
              <td>
                <bdi>{it.query}</bdi>
              </td>
              <td>
                <bdi>{it.candidate}</bdi>
              </td>
              <td lang="en" dir="ltr">
                {it.explanation}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="sides">
        {[a, b].map((it) => (
          <section key={it.id} aria-label={it.caption}>
            <RecordHead record={it as never} kind={t(`subjects.schemata.${it.body.schema}`)}>
              <Link to={`/subjects/${it.id}` as '/today'}>{t('subjects.alike.open')}</Link>
            </RecordHead>
            <RecordFacts record={it} />
          </section>
        ))}
      </div>
    </>
  )
}

function Decide({ suggestion: { id, a, b } }: { suggestion: Suggestion }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const [kept, setKept] = useState<'a' | 'b'>('a')
  const [act, setAct] = useState<'merge' | 'dismiss'>()
  const [stays, goes] = kept === 'a' ? [a, b] : [b, a]
  const close = () => setAct(undefined)
  return (
    <>
      <Radio.Group label={t('subjects.alike.keep')} value={kept} onChange={(it) => setKept(it as 'a' | 'b')}>
        <div className="choices-line">
          <Radio value="a" label={t('subjects.alike.keepOlder', { name: a.caption })} />
          <Radio value="b" label={t('subjects.alike.keepNewer', { name: b.caption })} />
        </div>
      </Radio.Group>
      <Group gap="sm">
        <Button onClick={() => setAct('merge')}>{t('subjects.alike.merge')}</Button>
        <Button variant="default" onClick={() => setAct('dismiss')}>
          {t('subjects.alike.dismiss')}
        </Button>
      </Group>
      {act === 'merge' && (
        <NameAndDo
          title={t('subjects.alike.mergeTitle', { other: goes.caption, kept: stays.caption })}
          act={t('subjects.alike.mergeAct')}
          reason={t('subjects.alike.reason')}
          run={async (reason) => {
            await ask(`/api/v1/subjects/${stays.id}/merges`, {
              method: 'POST',
              body: { other: goes.id, version: stays.version, otherVersion: goes.version, reason },
            })
            await navigate({ to: `/subjects/${stays.id}` as '/today' })
          }}
          onClose={close}
        >
          <p>{t('subjects.alike.mergeText')}</p>
        </NameAndDo>
      )}
      {act === 'dismiss' && (
        <NameAndDo
          title={t('subjects.alike.dismissTitle', { a: a.caption, b: b.caption })}
          act={t('subjects.alike.dismiss')}
          reason={t('subjects.alike.reason')}
          run={(reason) => ask(`/api/v1/merge-suggestions/${id}/dismissal`, { method: 'POST', body: { reason } })}
          onClose={close}
        >
          <p>{t('subjects.alike.dismissText')}</p>
        </NameAndDo>
      )}
    </>
  )
}
