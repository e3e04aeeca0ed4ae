import { Modal, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../design/name-and-do'
import { useNode, useSignedIn } from '../node'
import { ForWork } from '../work-bar'
import { type Acting, useDirectory } from './acting'

/** Passes the record of another member on to a third, as its grant or its onward rule allows; the owner is told. */
export function PassOn({ record, onClose }: Acting) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const { members } = useDirectory()
  const [to, setTo] = useState<string | null>(null)
  const title = t('web.acts.passOn.title', { name: record.caption })
  if (work === undefined)
    return (
      <Modal opened onClose={onClose} title={title}>
        <ForWork>{null}</ForWork>
      </Modal>
    )
  const others = members.filter((it) => it.id !== me.id && it.id !== record.owner)
  const chosen = others.find((it) => it.id === to)
  return (
    <NameAndDo
      title={title}
      act={chosen === undefined ? t('web.acts.open.pass-on') : t('web.acts.passOn.act', { name: chosen.name })}
      run={() => ask(`/api/v1/records/${record.id}/onward`, { method: 'POST', body: { to } })}
      onClose={onClose}
    >
      <Text>{t('web.acts.passOn.text')}</Text>
      <Select
        label={t('web.acts.passOn.to')}
        data={others.map((it) => ({ value: it.id, label: it.name }))}
        value={to}
        onChange={setTo}
        searchable
        required
        data-autofocus
      />
    </NameAndDo>
  )
}
