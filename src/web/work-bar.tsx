import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNode, useSignedIn } from './node'

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

/** For what one works, and under which file: asked once for a piece of work, shown all the time, changed at will. */
export function WorkBar() {
  const { t } = useTranslation()
  const { work, setWork } = useNode()
  const [asking, setAsking] = useState(false)
  const { roles } = useSignedIn()
  if (!roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')) return <span className="work" />
  return (
    <>
      <button type="button" className="work" onClick={() => setAsking(true)}>
        {work === undefined ? (
          t('web.work.none')
        ) : (
          <>
            {t(`web.purposes.${work.purpose}`)} · <bdi>{work.reference}</bdi>
          </>
        )}
      </button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('web.work.title')}>
        <WorkForm
          onDone={(it) => {
            setWork(it)
            setAsking(false)
          }}
        />
      </Modal>
    </>
  )
}

function WorkForm({ onDone }: { onDone: (work: { purpose: string; reference: string }) => void }) {
  const { t } = useTranslation()
  const { work } = useNode()
  const [purpose, setPurpose] = useState<string>(work?.purpose ?? purposes[0])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reference = String(new FormData(event.currentTarget).get('reference')).trim()
    onDone({ purpose, reference })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('web.work.why')}</Text>
        <Select
          label={t('web.work.purpose')}
          value={purpose}
          onChange={(it) => setPurpose(it ?? purposes[0])}
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

/** A page that may be read for a stated purpose only: asks for it in place, then shows the page. */
export function ForWork({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { work, setWork } = useNode()
  if (work !== undefined) return children
  return (
    <section className="ask-work" aria-label={t('web.work.title')}>
      <WorkForm onDone={setWork} />
    </section>
  )
}
