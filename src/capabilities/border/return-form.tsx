import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import clocks from './clocks.json'
import { useStatement } from './hit-forms'
import form from './return-form.json'
import type { ShownHit } from './shown'

const executions = ['', 'arrest', 'seizure', 'protection', 'check', 'other'] as const
const texts = ['route', 'destination', 'identityRevealed', 'objectsUsed', 'objectsCarried'] as const

/** The local time of now, as a field for date and time holds it. */
function nowHere(): string {
  const at = new Date()
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The supplementary information on a hit: opened when there is something to tell. */
export function ReturnForm({ id, place }: { id: string; place: ShownHit['place'] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const send = useStatement(`/api/v1/border/hits/${id}/return`)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string) => String(given.get(name) ?? '').trim()
    const seenAt = new Date(text('seenAt')).toISOString()
    const companions = text('companions')
      .split('\n')
      .flatMap((it) => (it.trim() === '' ? [] : [{ name: it.trim(), relation: '' }]))
      .slice(0, 20)
    const body = {
      located: given.get('located') !== null,
      place: text('place'),
      seenAt,
      reason: text('reason'),
      ...Object.fromEntries(texts.map((it) => [it, text(it)])),
      circumstances: text('circumstances'),
      companions: companions.length,
      executed: text('executed') === '' ? null : { what: text('executed'), at: seenAt, note: text('executedNote') },
    }
    send.mutate({ form: body, companions }, { onSuccess: () => setOpen(false) })
  }
  if (!open)
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('border.next.return')}
        </Button>
      </div>
    )
  const kept = clocks.find((it) => it.id === 'desk.companions')!
  return (
    <form onSubmit={submit} aria-labelledby="return">
      <Stack gap="sm">
        <div className="with-help">
          <h2 className="group-name" id="return">
            {t('border.next.return')}
          </h2>
          <Help about={t('border.next.return')} rule={form.source}>
            <p>{t('border.help.return')}</p>
          </Help>
        </div>
        <Checkbox name="located" label={t('border.form.located')} defaultChecked />
        <div className="return-form">
          <TextInput name="place" label={t('border.form.place')} defaultValue={place.desk} maxLength={500} required />
          <TextInput
            name="seenAt"
            type="datetime-local"
            label={t('border.form.seenAt')}
            defaultValue={nowHere()}
            required
          />
          <TextInput name="reason" label={t('border.form.reason')} maxLength={500} required />
          {texts.map((it) => (
            <TextInput
              key={it}
              name={it}
              label={t(`border.form.${it}`)}
              maxLength={500}
              attributes={{ input: { dir: 'auto' } }}
            />
          ))}
          <Textarea
            name="companions"
            label={t('border.form.companions')}
            description={t('border.companionsKept', { amount: kept.amount })}
            attributes={{ input: { dir: 'auto' } }}
          />
          <Textarea
            name="circumstances"
            label={t('border.form.circumstances')}
            maxLength={2_000}
            attributes={{ input: { dir: 'auto' } }}
          />
          <NativeSelect
            name="executed"
            label={t('border.form.executed')}
            data={executions.map((it) => ({ value: it, label: t(`border.executions.${it === '' ? 'none' : it}`) }))}
          />
          <TextInput
            name="executedNote"
            label={t('border.note')}
            maxLength={1_000}
            attributes={{ input: { dir: 'auto' } }}
          />
        </div>
        {send.error !== null && <Failed cause={send.error} />}
        <Group>
          <Button type="submit" loading={send.isPending}>
            {t('border.sendReturn')}
          </Button>
          <Button variant="default" onClick={() => setOpen(false)}>
            {t('web.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
