import { Group, Stack, Text, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask, Work } from '../../web/ask'
import { HandlingFields, type Header, handlingOf, inDays, startHeader } from '../../web/design/handling-form'
import { Help } from '../../web/design/help'
import { Attach, attachmentsOf, tooMuch } from './console-attach'
import { ConcerningInput } from './console-concerning'
import defaults from './handling-defaults.json'

/** What every message is written with, as a draft keeps it: without the files, which are too large to be kept with each key. */
export interface Written {
  readonly text: string
  readonly concerning: readonly string[]
  readonly header: Header
}

export interface Sent {
  readonly id: string
  readonly thread: string
  readonly to: readonly string[]
  readonly deadlineAt: string | null
  readonly deadlineRule: string | null
}

export function startWriting(work: Work | undefined, concerning: readonly string[] = []): Written {
  const { instrument, provision, reviewDays, expiryDays } = defaults
  const dates = { reviewOn: inDays(reviewDays), expiresOn: inDays(expiryDays) }
  return { text: '', concerning, header: startHeader(work, { instrument, provision, ...dates }) }
}

export async function writingOf({ text, concerning, header }: Written, files: readonly File[]) {
  return { text, concerning, attachments: await attachmentsOf(files), handling: handlingOf(header) }
}

export const cannotSend = tooMuch

/** Posts so that a second try of the same message, after a lost connection, does not send it twice. */
export function usePost(ask: Ask, work: Work | undefined): <Reply>(path: string, body: object) => Promise<Reply> {
  const last = useRef({ request: '', key: '' })
  return (path, body) => {
    const request = JSON.stringify([path, body, work])
    if (request !== last.current.request) last.current = { request, key: crypto.randomUUID() }
    return ask(path, { method: 'POST', body, idempotencyKey: last.current.key })
  }
}

interface Writing {
  readonly written: Written
  readonly files: File[]
  readonly onChange: (change: Partial<Written>) => void
  readonly onFiles: (files: File[]) => void
}

export function DraftFields({ written: { text, concerning, header }, files, onChange, onFiles }: Writing) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Textarea
        label={t('messages.text')}
        dir="auto"
        minRows={6}
        maxLength={20_000}
        required
        value={text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <ConcerningInput ids={[...concerning]} onChange={(it) => onChange({ concerning: it })} />
      <Attach files={files} onChange={onFiles} />
      <Group gap="xs">
        <Text size="xs">{t('messages.help.codesShort')}</Text>
        <Help about={t('web.header.codes')} rule={t('messages.help.codesRule')}>
          <p>{t('messages.help.codes')}</p>
        </Help>
      </Group>
      <HandlingFields header={header} onChange={(it) => onChange({ header: it })} />
    </Stack>
  )
}
