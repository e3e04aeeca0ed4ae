import { Modal, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../design/help'
import { NameAndDo } from '../design/name-and-do'
import { Failed, Slow } from '../design/states'
import { useNode, useSignedIn } from '../node'
import { ForWork } from '../work-bar'
import { type Acting, useDirectory, useWhole } from './acting'
import { type Previewed, RecipientPreview } from './recipient-preview'

/** Passes the record of another member on to a third, as its grant or its onward rule allows; the owner is told. */
export function PassOn({ record, onClose, towards }: Acting & { towards?: readonly string[] }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const { members } = useDirectory()
  const [to, setTo] = useState<string | null>(towards?.length === 1 ? towards[0]! : null)
  const whole = useWhole(record)
  const preview = useQuery({
    queryKey: ['preview', record.id, record.version, to, work],
    queryFn: () =>
      ask<{ recipients: Previewed[] }>(`/api/v1/records/${record.id}/preview`, {
        method: 'POST',
        body: { with: { members: [to] } },
      }),
    enabled: to !== null && work !== undefined,
    gcTime: 0,
  })
  const title = t('web.acts.passOn.title', { name: record.caption })
  if (work === undefined)
    return (
      <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('web.cancel') }}>
        <ForWork>{null}</ForWork>
      </Modal>
    )
  const others = members.filter(
    (it) => it.id !== me.id && it.id !== record.owner && (towards === undefined || towards.includes(it.id)),
  )
  const chosen = others.find((it) => it.id === to)
  const failure = preview.error ?? whole.error
  return (
    <NameAndDo
      title={title}
      act={chosen === undefined ? t('web.acts.open.pass-on') : t('web.acts.passOn.act', { name: chosen.name })}
      run={() => ask(`/api/v1/records/${record.id}/onward`, { method: 'POST', body: { to } })}
      onClose={onClose}
    >
      <Text>
        {t('web.acts.passOn.text')}{' '}
        <Help about={t('web.acts.open.pass-on')} rule="protocol point 8; handling code H2">
          <p>{t('web.acts.passOn.help')}</p>
        </Help>
      </Text>
      <Select
        label={t('web.acts.passOn.to')}
        data={others.map((it) => ({ value: it.id, label: it.name }))}
        value={to}
        onChange={setTo}
        searchable
        required
        data-autofocus
      />
      {failure !== null && <Failed cause={failure} />}
      {preview.isFetching && <Slow lines={2} />}
      {whole.data !== undefined && to !== null && (
        <RecipientPreview
          type={record.type}
          body={whole.data.body}
          recipients={preview.data?.recipients.filter((it) => it.member === to) ?? []}
        />
      )}
    </NameAndDo>
  )
}
