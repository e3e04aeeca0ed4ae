import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import './border.css'
import type { ShownMessage, ShownPassenger } from './shown'

type WholeMessage = ShownMessage & {
  readonly report: string
  readonly reportLanguage: string
  readonly cusres: string | null
  readonly passengers: readonly ShownPassenger[]
}

/** One passenger message: what came in and what came out, who may be the subject of an alert, and the report to the carrier. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['border-message', 'border-candidate', 'border-hit', id], 'one', id],
    queryFn: () => ask<WholeMessage>(`/api/v1/border/messages/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Message key={id} message={data} />
}

const counted = ['read', 'kept', 'incomplete', 'declared', 'met'] as const

function Message({ message }: { message: WholeMessage }) {
  const { t } = useTranslation()
  const { carrier, flights, kind, counts, at, expiresAt, purgedAt, report, reportLanguage, cusres, passengers } =
    message
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('border.message')}: <bdi>{flights[0] ?? kind.toUpperCase()}</bdi>
        </Title>
        <p className="under">
          <bdi>{carrier}</bdi> · <Moment at={at} /> ·{' '}
          {purgedAt === null ? (
            <>
              {t('border.purgesAt')} <Clock since={at} due={expiresAt} rule="desk.passengers-kept" />
            </>
          ) : (
            <>
              {t('border.purgedAt')} <Moment at={purgedAt} />
            </>
          )}
        </p>
      </header>
      <dl className="counts">
        {counted.map((it) => (
          <div key={it}>
            <dt>{t(`border.counts.${it}`)}</dt>
            <dd>{counts[it]}</dd>
          </div>
        ))}
      </dl>
      <Passengers passengers={passengers} />
      {passengers.some((it) => it.told !== null) && <p className="warns-line">{t('border.carrier.sendAgain')}</p>}
      {cusres !== null && <Text title={t('border.cusres')} text={cusres} name="cusres.edi" language="en" />}
      <Text title={t('border.report')} text={report} name="report.txt" language={reportLanguage} />
    </Stack>
  )
}

/** Those of interest first; the others when somebody asks. */
function Passengers({ passengers }: { passengers: readonly ShownPassenger[] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const marked = passengers.filter((it) => it.candidates.length > 0 || it.declared.length > 0 || it.missing.length > 0)
  const shown = all ? passengers : marked
  return (
    <section aria-labelledby="passengers">
      <h2 className="group-name" id="passengers">
        {t(all ? 'border.passengers' : 'border.passengersMarked')}
      </h2>
      {shown.length === 0 && <Empty title={t('border.noPassengers')}>{t('border.noPassengersText')}</Empty>}
      {shown.length > 0 && (
        <table className="queue">
          <caption className="unseen">{t('border.passengers')}</caption>
          <thead>
            <tr>
              {(['place', 'traveller', 'birth', 'document', 'found'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`border.columns.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((it) => (
              <Row key={it.place} passenger={it} />
            ))}
          </tbody>
        </table>
      )}
      {passengers.length > marked.length && (
        <Button variant="default" mt="sm" onClick={() => setAll(!all)}>
          {t(all ? 'border.showMarked' : 'border.showAll', { all: passengers.length })}
        </Button>
      )}
    </section>
  )
}

function Row({
  passenger: { place, name, birthDate, document, missing, declared, candidates, told },
}: {
  passenger: ShownPassenger
}) {
  const { t } = useTranslation()
  return (
    <tr>
      <td>{place}</td>
      <th scope="row">
        <bdi>{name === '' ? t('border.noName') : name}</bdi>
      </th>
      <td>
        <bdi dir="ltr">{birthDate ?? ''}</bdi>
      </td>
      <td>
        <bdi dir="ltr" className="code">
          {document ?? ''}
        </bdi>
      </td>
      <td>
        {candidates.map((it) => (
          <div key={it.id}>
            <Link to={`/border/candidates/${it.id}` as '/today'}>{t(`border.strengths.${it.strength}`)}</Link> ·{' '}
            {t(`border.candidateStates.${it.state}`)}
          </div>
        ))}
        {declared.map((it) => (
          <div key={`${it.owner} ${it.number}`}>
            <strong>{t(`border.statuses.${it.status}`)}</strong> · <MemberName id={it.owner} />
          </div>
        ))}
        {told !== null && <div>{t(`border.carrier.told.${told}`)}</div>}
        {missing.length > 0 && (
          <span className="under">
            {t('border.missing')} {missing.map((it) => t(`border.missings.${it}`)).join(', ')}
          </span>
        )}
      </td>
    </tr>
  )
}

interface Written {
  readonly title: string
  readonly text: string
  readonly name: string
  readonly language: string
}

function Text({ title, text, name, language }: Written) {
  const { t } = useTranslation()
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), { href: address, download: name }).click()
    URL.revokeObjectURL(address)
  }
  return (
    <section aria-label={title}>
      <h2 className="group-name">{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard */}
      <pre className="report-text" dir={language === 'ar' ? 'rtl' : 'ltr'} lang={language} tabIndex={0}>
        {text}
      </pre>
      <Button variant="default" onClick={save}>
        {t('border.save')}
      </Button>
    </section>
  )
}
