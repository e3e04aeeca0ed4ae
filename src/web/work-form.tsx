import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNode } from './node'
import './mantine-pages.css'

/** The purposes of protocol point 3, in the order in which officers need them. */
export const purposes = [
  'counter-terrorism',
  'terrorist-financing',
  'border-security',
  'criminal-proceedings',
  'sanctions-implementation',
  'public-safety',
  'victim-assistance',
  'oversight',
] as const

export function WorkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('web.work.title')}>
      <WorkForm onDone={onClose} />
    </Modal>
  )
}

/** Asks for the purpose and the file of a piece of work. */
export function WorkForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation()
  const { work, setWork } = useNode()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setWork({ purpose: String(form.get('purpose')), reference: String(form.get('reference')).trim() })
    onDone?.()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('web.work.why')}</Text>
        <NativeSelect
          name="purpose"
          label={t('web.work.purpose')}
          defaultValue={work?.purpose ?? purposes[0]}
          data={purposes.map((it) => ({ value: it, label: t(`web.purposes.${it}`) }))}
        />
        <TextInput
          name="reference"
          label={t('web.work.reference')}
          description={t('web.work.referenceText')}
          defaultValue={work?.reference ?? ''}
          minLength={3}
          maxLength={200}
          required
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit">{t('web.work.begin')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
