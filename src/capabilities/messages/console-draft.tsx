import { Stack, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask, Work } from '../../web/ask'
import { HandlingFields, type Header, handlingOf, startHeader } from '../../web/design/handling-form'
import { Attach, attachmentsOf, tooMuch } from './console-attach'
import { ConcerningInput } from './console-concerning'

/** What every message is written with. It lives in the page alone: nothing of it is kept in the browser. */
export interface Draft {
  readonly text: string
  readonly concerning: string[]
  readonly files: File[]
  readonly header: Header
}

export interface Sent {
  readonly id: string
  readonly thread: string
  readonly to: readonly string[]
  readonly deadlineAt: string | null
  readonly deadlineRule: string | null
}

export function startDraft(work: Work | undefined, concerning: string[] = []): Draft {
  return {
    text: '',
    concerning,
    files: [],
    header: startHeader(work, { provision: 'paragraph 3(b)', reviewDays: 180 }),
  }
}

export async function writingOf({ text, concerning, files, header }: Draft) {
  return { text, concerning, attachments: await attachmentsOf(files), handling: handlingOf(header) }
}

export const cannotSend = ({ files }: Draft) => tooMuch(files)

/** Posts so that a second try of the same message, after a lost connection, does not send it twice. */
export function usePost(ask: Ask, work: Work | undefined): <Reply>(path: string, body: object) => Promise<Reply> {
  const last = useRef({ request: '', key: '' })
  return (path, body) => {
    const request = JSON.stringify([path, body, work])
    if (request !== last.current.request) last.current = { request, key: crypto.randomUUID() }
    return ask(path, { method: 'POST', body, idempotencyKey: last.current.key })
  }
}

export function DraftFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useTranslation()
  const put = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  return (
    <Stack gap="md">
      <Textarea
        label={t('messages.text')}
        description={t('messages.write.kept')}
        dir="auto"
        minRows={6}
        maxLength={20_000}
        required
        value={draft.text}
        onChange={(event) => put({ text: event.currentTarget.value })}
      />
      <ConcerningInput ids={draft.concerning} onChange={(concerning) => put({ concerning })} />
      <Attach files={draft.files} onChange={(files) => put({ files })} />
      <HandlingFields header={draft.header} onChange={(header) => put({ header })} />
    </Stack>
  )
}
