import { Button, Group, Stack, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../ask'
import { Clock } from './clock'
import { HandlingFields, startHeader } from './handling-form'
import { Help } from './help'
import { DeliveryLedger } from './ledger'
import { NameAndDo } from './name-and-do'
import { RecordHead } from './record-head'
import { Statements } from './statements'
import { Empty, Failed, Slow } from './states'

const hour = 3_600_000
const from = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

const record = {
  id: 'rec_00000000000000000000000000000000',
  type: 'subject',
  version: 3,
  owner: 'fr',
  state: 'active',
  caption: 'Yusuf Exercise-Mansouri · يوسف المنصوري',
  handling: {
    tlp: 'AMBER' as const,
    codes: [{ code: 'H2' as const }],
    purposes: ['counter-terrorism' as const],
    onward: 'ask' as const,
    grading: { scheme: 'admiralty' as const, source: 'B' as const, information: '2' as const },
    category: 'suspect' as const,
    nature: 'assessment' as const,
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
    reviewAt: from(24 * 300),
    expiresAt: from(24 * 900),
  },
}

const holding = { via: null, readVersion: null, since: from(-30), open: null, refusal: null }

/** Every piece that pages are made of, in each of its states. */
export function Pieces() {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [header, setHeader] = useState(() => startHeader(undefined, { provision: 'paragraph 3(b)', reviewDays: 180 }))
  return (
    <Stack gap="lg">
      <Title order={1} size="h3">
        {t('web.pieces')}
      </Title>
      <Link to="/design/widgets">{t('web.widgets')}</Link>
      <RecordHead record={record} kind="Person">
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
      <Statements
        caption={t('web.facts.title')}
        rows={[
          { property: 'name', value: 'Yusuf Exercise-Mansouri' },
          { property: 'alias', value: 'يوسف المنصوري', source: 'Open source' },
          {
            property: 'birthDate',
            value: '1987-03-09',
            grading: { scheme: 'admiralty', source: 'C', information: '3' },
            nature: 'fact',
          },
        ]}
      />
      <DeliveryLedger
        version={3}
        holdings={[
          { ...holding, member: 'ke', version: 3, state: 'held', readVersion: 3 },
          { ...holding, member: 'id', version: 2, state: 'held', via: 'ke' },
          {
            ...holding,
            member: 'horizon-bank',
            version: 3,
            state: 'recalling',
            open: { kind: 'recall', since: from(-2), problem: null },
          },
        ]}
      />
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
      <Link to={'/design/list' as '/today'}>{t('web.list.rows', { count: 100_000 })}</Link>
    </Stack>
  )
}
