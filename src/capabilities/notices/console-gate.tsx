import { Button, Fieldset, Group, NativeSelect, Radio, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { intrusion } from '#capabilities/notices/local-action'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

const answers = ['accepted', 'limited', 'caveat', 'refused'] as const
const grounds = ['', 'protection', 'final-decision', 'child', 'human-rights', 'neutrality', 'national-law'] as const

/** What this office does with it under its own law. The note goes to the issuer; the ground to the secretariat alone. */
export function GateAnswer({ notice, onDone }: { notice: ShownNotice; onDone: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [answer, setAnswer] = useState('')
  const [action, setAction] = useState('')
  const [note, setNote] = useState('')
  const [ground, setGround] = useState('')
  const { asked } = notice.action
  const lower = intrusion.slice(0, Math.max(1, intrusion.indexOf(asked as 'none')))
  const respond = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      ask(`/api/v1/notices/${notice.id}/response`, {
        method: 'POST',
        body: {
          answer,
          note: note.trim(),
          ...(answer === 'limited' ? { action } : {}),
          ...(ground === '' ? {} : { ground }),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    respond.mutate()
  }
  return (
    <form onSubmit={submit} aria-labelledby="gate-answer">
      <Stack gap="md">
        <h2 className="notice-part" id="gate-answer">
          {t('notices.gate.answer')}
        </h2>
        <Radio.Group aria-label={t('notices.gate.answer')} value={answer} onChange={setAnswer} name="answer">
          <Stack gap="sm">
            {answers.map((it) => (
              <Radio
                key={it}
                value={it}
                label={t(`notices.answers.${it}.name`)}
                description={t(`notices.answers.${it}.text`)}
                required
              />
            ))}
          </Stack>
        </Radio.Group>
        {answer === 'limited' && (
          <NativeSelect
            label={t('notices.gate.action')}
            value={action}
            onChange={(event) => setAction(event.currentTarget.value)}
            data={['', ...lower].map((it) => ({ value: it, label: it === '' ? '' : t(`notices.actions.${it}`) }))}
            required
          />
        )}
        <Textarea
          label={t('notices.gate.note')}
          description={t('notices.gate.noteText')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          minLength={3}
          maxLength={1_000}
          dir="auto"
          required
        />
        {answer !== 'accepted' && answer !== '' && (
          <Fieldset
            legend={
              <span className="notice-help">
                {t('notices.gate.groundTitle')}
                <Help about={t('notices.gate.ground')} rule="1951 Convention, article 33; GA-2017-86-RES-09">
                  <p>{t('notices.gate.groundHelp')}</p>
                </Help>
              </span>
            }
          >
            <NativeSelect
              label={t('notices.gate.ground')}
              description={t('notices.gate.groundText')}
              value={ground}
              onChange={(event) => setGround(event.currentTarget.value)}
              data={grounds.map((it) => ({ value: it, label: it === '' ? '' : t(`notices.gate.grounds.${it}`) }))}
            />
          </Fieldset>
        )}
        {respond.error !== null && <Failed cause={respond.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={respond.isPending}
            {...(answer === 'refused' ? { color: 'red' } : {})}
            disabled={answer === ''}
          >
            {answer === '' ? t('notices.gate.act') : t(`notices.answers.${answer}.act`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
