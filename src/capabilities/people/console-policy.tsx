import { Button, Checkbox, Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { roles } from '#policy/roles'
import { Cited } from '../../web/design/cited'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import citations from './citations.json'

interface Policy {
  readonly roles: readonly string[]
  readonly changedAt: string | null
  readonly without: number
}

/** Which roles need a second factor: set by the administrator, read by the auditor. */
export function SignInPolicy() {
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'sign-in-policy'],
    queryFn: () => ask<Policy>('/api/v1/sign-in-policy'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={4} />
  return <PolicyForm key={data.changedAt} policy={data} />
}

function PolicyForm({ policy }: { policy: Policy }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const me = useSignedIn()
  const [chosen, setChosen] = useState<readonly string[]>(policy.roles)
  const [asking, setAsking] = useState(false)
  const administers = me.roles.includes('administrator')
  const names = (list: readonly string[]) =>
    list.length === 0 ? t('people.policy.nobody') : list.map((it) => t(`web.roles.${it}`)).join(', ')
  const changed = chosen.length !== policy.roles.length || chosen.some((it) => !policy.roles.includes(it))
  return (
    <section aria-labelledby="policy">
      <Group gap="sm">
        <Title order={2} size="h5" id="policy">
          {t('people.policy.title')}
        </Title>
        <Cited about={t('people.policy.title')} citation={citations.secondFactor}>
          <p>{t('people.policy.help')}</p>
        </Cited>
      </Group>
      <p className={policy.without > 0 ? 'attention' : 'under'}>
        {t('people.policy.without', { count: policy.without })}
      </p>
      <Checkbox.Group
        label={t('people.policy.roles')}
        description={t('people.policy.rolesText')}
        value={[...chosen]}
        onChange={setChosen}
        readOnly={!administers}
      >
        <Stack gap="xs" mt="xs">
          {roles.map((it) => (
            <Checkbox key={it} value={it} label={t(`web.roles.${it}`)} disabled={!administers} />
          ))}
        </Stack>
      </Checkbox.Group>
      {administers && (
        <Button mt="md" disabled={!changed} onClick={() => setAsking(true)}>
          {t('people.policy.act')}
        </Button>
      )}
      {policy.changedAt !== null && (
        <p className="under">
          {t('people.policy.changedAt')} <Moment at={policy.changedAt} />
        </p>
      )}
      {asking && (
        <NameAndDo
          title={t('people.policy.confirm', { roles: names(chosen) })}
          act={t('people.policy.act')}
          reason={t('people.reason')}
          run={(reason) => ask('/api/v1/sign-in-policy', { method: 'PUT', body: { roles: chosen, reason } })}
          onClose={() => setAsking(false)}
        >
          <p>{t('people.policy.text')}</p>
        </NameAndDo>
      )}
    </section>
  )
}
