import { MultiSelect, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../design/name-and-do'
import { useNode, useSignedIn } from '../node'
import { type Acting, useDirectory } from './acting'

type Permits = 'onward' | 'use-in-proceedings'

/** Asks the owner for permission to pass its record on, or to use it in proceedings (protocol point 8). */
export function AskPermission({ record, onClose }: Acting) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const { members } = useDirectory()
  const [permits, setPermits] = useState<Permits>('onward')
  const [recipients, setRecipients] = useState<string[]>([])
  const allowed = record.handling.purposes
  const [purposes, setPurposes] = useState<string[]>(() => allowed.filter((it) => it === work?.purpose))
  const owner = members.find((it) => it.id === record.owner)?.name ?? record.owner
  const body = { permits, recipients: permits === 'onward' ? recipients : [], purposes }
  return (
    <NameAndDo
      title={t('web.acts.ask.title', { owner, name: record.caption })}
      act={t('web.acts.ask.act', { owner })}
      reason={t('web.acts.ask.reason')}
      run={(reason) =>
        ask(`/api/v1/records/${record.id}/permission-requests`, { method: 'POST', body: { ...body, reason } })
      }
      onClose={onClose}
    >
      <Text>{t('web.acts.ask.text')}</Text>
      <Select
        label={t('web.acts.ask.permits')}
        data={(['onward', 'use-in-proceedings'] as const).map((value) => ({
          value,
          label: t(`web.acts.permits.${value}`),
        }))}
        value={permits}
        onChange={(it) => setPermits(it as Permits)}
      />
      {permits === 'onward' && (
        <MultiSelect
          label={t('web.acts.ask.recipients')}
          data={members
            .filter((it) => it.id !== me.id && it.id !== record.owner)
            .map((it) => ({ value: it.id, label: it.name }))}
          value={recipients}
          onChange={setRecipients}
          searchable
          required={recipients.length === 0}
        />
      )}
      <MultiSelect
        label={t('web.acts.ask.purposes')}
        data={allowed.map((value) => ({ value, label: t(`web.purposes.${value}`) }))}
        value={purposes}
        onChange={setPurposes}
        searchable
        required={purposes.length === 0}
      />
    </NameAndDo>
  )
}
