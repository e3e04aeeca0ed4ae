import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Failed } from '../../web/design/states'
import { useStatement } from './hit-forms'
import type { ShownCarrier } from './shown'

/** What the carrier of the traveller is told: a person decides, and it goes into the answer to the carrier's list. */
export function CarrierForm({ id, carrier }: { id: string; carrier: ShownCarrier }) {
  const { t } = useTranslation()
  const { answer, note, at, choices, message } = carrier
  const [chosen, setChosen] = useState<string | null>(null)
  const tell = useStatement(`/api/v1/border/hits/${id}/carrier`)
  const may = choices.filter((it) => it.refused === null && it.answer !== answer).map((it) => it.answer)
  const offered = [...may, ...(answer === null ? [] : ['none'])]
  const refused = choices.filter((it) => it.refused !== null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    tell.mutate({ answer: chosen, note: new FormData(event.currentTarget).get('note') })
    setChosen(null)
  }
  return (
    <section aria-labelledby="carrier">
      <h2 className="group-name" id="carrier">
        {t('border.carrier.title')}
      </h2>
      <p role="status">
        {t(answer === null ? 'border.carrier.nothing' : `border.carrier.told.${answer}`)}
        {at !== null && (
          <>
            {' · '}
            <Moment at={at} /> · <bdi>{note}</bdi>
          </>
        )}
        {' · '}
        <Link to={`/border/messages/${message}` as '/today'}>{t('border.carrier.message')}</Link>
      </p>
      {refused.map((it) => (
        <p key={it.answer} className="under">
          {t(`border.carrier.answers.${it.answer}`)}: {t(`border.carrier.refused.${it.refused}`)}
        </p>
      ))}
      {offered.length > 0 && (
        <form key={at} onSubmit={submit} aria-label={t('border.carrier.tell')}>
          <Stack gap="sm">
            <Select
              label={t('border.carrier.answer')}
              description={t('border.carrier.text')}
              value={chosen}
              onChange={setChosen}
              data={offered.map((it) => ({ value: it, label: t(`border.carrier.answers.${it}`) }))}
              required
              maw={400}
            />
            <Textarea
              name="note"
              label={t('border.note')}
              minLength={3}
              maxLength={2_000}
              required
              attributes={{ input: { dir: 'auto' } }}
            />
            {tell.error !== null && <Failed cause={tell.error} />}
            <Group>
              <Button type="submit" disabled={chosen === null} loading={tell.isPending}>
                {t('border.carrier.tell')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </section>
  )
}
