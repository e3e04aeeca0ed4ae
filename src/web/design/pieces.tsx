import { Button, Group, Stack, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../ask'
import { parts } from '../parts'
import { differencesOf } from '../record/compare'
import { DiffTable, valueAt } from '../record/diff'
import { RecipientPreview } from '../record/recipient-preview'
import { Clock } from './clock'
import { HandlingFields, startHeader } from './handling-form'
import { Help } from './help'
import { DeliveryLedger } from './ledger'
import { NameAndDo } from './name-and-do'
import {
  from,
  sampleDefaults,
  sampleHoldings,
  sampleRecipients,
  sampleRecord,
  sampleStatements,
  sampleVersions,
  sampleWork,
} from './pieces-sample'
import { RecordHead } from './record-head'
import { Statements } from './statements'
import { Empty, Failed, Slow } from './states'

/** Those that belong to a capability. */
const theirs = parts.flatMap((it) =>
  (it.pieces ?? []).map(({ name, load }) => ({
    name,
    Sample: lazy(async () => ({ default: (await load()).Sample })),
  })),
)

const [before, after] = sampleVersions

/** Every piece that pages are made of, in each of its states. */
export function Pieces() {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [header, setHeader] = useState(() => startHeader(sampleWork, sampleDefaults))
  return (
    <Stack gap="lg">
      <Title order={1} size="h3">
        {t('web.pieces')}
      </Title>
      <Group component="nav" gap="lg" aria-label={t('web.pieces')}>
        <Link to="/design/widgets">{t('web.widgets')}</Link>
        <Link to={'/design/list' as '/today'}>{t('web.list.rows', { count: 100_000 })}</Link>
      </Group>
      <RecordHead record={sampleRecord} kind="Person">
        <Button onClick={() => setAsking(true)}>{t('web.states.retry')}</Button>
        <Help about={t('web.handling.title')} rule="TLP 2.0">
          <p>{t('web.handling.tlpRules.amber')}</p>
        </Help>
      </RecordHead>
      {asking && (
        <NameAndDo
          title={t('web.states.retry')}
          act={t('web.states.retry')}
          reason={t('web.work.reference')}
          run={async () => undefined}
          onClose={() => setAsking(false)}
        />
      )}
      <Statements caption={t('web.facts.title')} rows={sampleStatements} />
      <DeliveryLedger version={3} holdings={sampleHoldings} />
      <DiffTable
        type="subject"
        caption={t('web.history.between', { was: 2, is: 3 })}
        differences={differencesOf(before, after)}
        nameOfMarked={(it) => valueAt(after.body, it)}
      />
      <RecipientPreview type="subject" body={after.body} recipients={sampleRecipients} />
      <Suspense fallback={<Slow />}>
        {theirs.map(({ name, Sample }) => (
          <Sample key={name} />
        ))}
      </Suspense>
      <Group gap="lg">
        <Clock since={from(-9)} due={from(3)} rule="sirene.supplementary-information" />
        <Clock since={from(-30)} due={from(-6)} />
      </Group>
      <Empty title={t('web.today.empty')}>{t('web.today.emptyText')}</Empty>
      <Failed
        cause={new Refusal({ status: 403, code: 'records/refused', title: 'The record has expired.', rule: 'expiry' })}
        retry={() => undefined}
      />
      <Failed cause={new Refusal({ status: 0, code: 'console/offline', title: '' })} />
      <p className="lost" role="status">
        {t('web.states.lost', { since: '12:34' })}
      </p>
      <HandlingFields header={header} onChange={setHeader} />
      <Slow lines={3} />
    </Stack>
  )
}
