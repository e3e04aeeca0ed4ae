import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isWholeZone } from '#capabilities/border/zone-typing'

export interface Asked {
  readonly mrz?: string
  readonly fields?: Readonly<Record<string, string>>
}

interface Form {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly busy: boolean
  readonly onAsk: (asked: Asked) => void
}

/** The zone in one field, as a reader or a hand types it; what a document without one says, below. */
export function CheckForm({ field, busy, onAsk }: Form) {
  const { t } = useTranslation()
  const [zone, setZone] = useState('')
  const [typing, setTyping] = useState(false)
  const send = (text: string) => text.trim() !== '' && onAsk({ mrz: text })
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || isWholeZone(event.currentTarget.value))) return
    event.preventDefault()
    send(event.currentTarget.value)
  }
  return (
    <Stack gap="sm">
      <Textarea
        ref={field}
        label={t('border.zone')}
        description={t('border.zoneText')}
        value={zone}
        onChange={(event) => setZone(event.currentTarget.value)}
        onKeyDown={press}
        rows={3}
        maxLength={2_000}
        classNames={{ input: 'zone' }}
        attributes={{ input: { dir: 'ltr' } }}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="characters"
      />
      <Group gap="sm">
        <Button loading={busy} disabled={zone.trim() === ''} onClick={() => send(zone)}>
          {t('border.check')}
        </Button>
        <Button variant="default" aria-expanded={typing} onClick={() => setTyping(!typing)}>
          {t('border.typeInstead')}
        </Button>
      </Group>
      {typing && <TypedForm busy={busy} onAsk={onAsk} />}
    </Stack>
  )
}

const kinds = ['passport', 'visa', 'identity-card'] as const
const plain = ['number', 'issuer', 'name', 'nationality'] as const

function TypedForm({ busy, onAsk }: Pick<Form, 'busy' | 'onAsk'>) {
  const { t } = useTranslation()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()] as const)
    onAsk({ fields: Object.fromEntries(given.filter(([, value]) => value !== '')) })
  }
  return (
    <form onSubmit={submit} aria-label={t('border.typeInstead')}>
      <Group gap="md" align="flex-end">
        <NativeSelect
          name="kind"
          label={t('border.fields.kind')}
          data={kinds.map((it) => ({ value: it, label: t(`border.kinds.${it}`) }))}
        />
        {plain.map((it) => (
          <TextInput
            key={it}
            name={it}
            label={t(`border.fields.${it}`)}
            maxLength={it === 'name' ? 512 : it === 'number' ? 40 : 2}
            {...(it === 'issuer' || it === 'nationality' ? { pattern: '[A-Za-z]{2}', w: 120 } : {})}
            attributes={{ input: { dir: 'auto' } }}
            autoComplete="off"
          />
        ))}
        <TextInput name="birthDate" type="date" label={t('border.fields.birthDate')} />
        <TextInput name="expiry" type="date" label={t('border.fields.expiry')} />
        <Button type="submit" loading={busy}>
          {t('border.check')}
        </Button>
      </Group>
    </form>
  )
}
