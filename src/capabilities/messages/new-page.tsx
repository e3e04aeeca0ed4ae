import './messages.css'
import { Button, Group, MultiSelect, Radio, Stack, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { useMembers } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { newDraftId, useDraft } from '../../web/drafts'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { DeadlineAhead } from './console-deadline'
import { cannotSend, DraftFields, type Sent, startWriting, usePost, type Written, writingOf } from './console-draft'
import { Done } from './console-sent'

/** What another page may begin a message with, and which draft this is. */
interface Begun {
  readonly draft?: string
  readonly thread?: string
  readonly to?: string | readonly string[]
  readonly concerning?: string | readonly string[]
}

interface Message extends Written {
  readonly thread: string | null
  readonly to: readonly string[]
  readonly subject: string
  readonly kind: string
  readonly urgency: string
  readonly availability: string
}

/** Writes to officers of other members: a request, which has a clock, or information, which nobody has to answer. */
export function Page() {
  const { t } = useTranslation()
  const begun = useSearch({ strict: false }) as Begun
  const navigate = useNavigate()
  const [sent, setSent] = useState<Sent>()
  const id = typeof begun.draft === 'string' && /^[a-z0-9]{1,40}$/.test(begun.draft) ? begun.draft : undefined
  // The draft is named in the address, so that a reload goes on with it.
  useEffect(() => {
    if (id === undefined)
      void navigate({
        to: '/messages/new' as '/today',
        search: { ...begun, draft: newDraftId() } as never,
        replace: true,
      })
  }, [id, begun, navigate])
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('messages.new')}
      </Title>
      {sent !== undefined ? (
        <Done sent={sent} />
      ) : (
        id !== undefined && (
          <ForWork>
            <Form key={id} id={id} begun={begun} onSent={setSent} />
          </ForWork>
        )
      )}
    </>
  )
}

function Form({ id, begun, onSent }: { id: string; begun: Begun; onSent: (sent: Sent) => void }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const members = useMembers()
  const client = useQueryClient()
  const post = usePost(ask, work)
  const [initial] = useState(
    (): Message => ({
      ...startWriting(work, [begun.concerning ?? []].flat()),
      thread: begun.thread ?? null,
      to: [begun.to ?? []].flat(),
      subject: '',
      kind: begun.thread === undefined ? 'request' : 'information',
      urgency: 'normal',
      availability: 'directly-accessible',
    }),
  )
  const draft = useDraft(`message:${id}`, initial, { captionOf: (it) => it.subject })
  const [files, setFiles] = useState<File[]>([])
  const { thread, to, subject, kind, urgency, availability } = draft.content
  const put = (change: Partial<Message>) => draft.change({ ...draft.content, ...change })
  const asksUrgently = kind === 'request' && urgency === 'urgent'
  const send = useMutation({
    networkMode: 'always', // without a connection it says so, and is not sent later unasked
    mutationFn: async () =>
      post<Sent>('/api/v1/messages', {
        ...(await writingOf(draft.content, files)),
        ...(thread === null ? {} : { thread }),
        kind,
        to,
        subject,
        urgency,
        ...(asksUrgently ? { availability } : {}),
      }),
    onSuccess: async (sent) => {
      await draft.clear()
      onSent(sent)
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  const radio = (name: 'kind' | 'urgency' | 'availability', label: string, values: readonly string[]) => (
    <Radio.Group label={label} value={draft.content[name]} onChange={(it) => put({ [name]: it })}>
      <Group gap="md" mt="xs">
        {values.map((it) => (
          <Radio key={it} value={it} label={t(`messages.${plurals[name]}.${it}`)} />
        ))}
      </Group>
    </Radio.Group>
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftState draft={draft} textOf={(it) => [it.subject, it.text].filter((one) => one !== '').join('\n\n')} />
        <MultiSelect
          label={t('messages.to')}
          data={members.filter((it) => it.id !== me.id).map((it) => ({ value: it.id, label: it.name }))}
          value={[...to]}
          onChange={(it) => put({ to: it })}
          searchable
          required
          maxValues={64}
          nothingFoundMessage={t('messages.write.noMember')}
        />
        {thread === null && radio('kind', t('messages.columns.kind'), ['request', 'information'])}
        {radio('urgency', t('messages.columns.urgency'), ['normal', 'urgent'])}
        {asksUrgently &&
          radio('availability', t('messages.write.availability'), ['directly-accessible', 'held-by-others'])}
        <Group gap="sm">
          <DeadlineAhead asked={{ kind, urgency, availability }} />
          {asksUrgently && (
            <Help about={t('messages.help.contactAbout')} rule={t('messages.help.contactRule')}>
              <p>{t('messages.help.contact')}</p>
            </Help>
          )}
        </Group>
        <TextInput
          label={t('messages.subject')}
          dir="auto"
          minLength={3}
          maxLength={200}
          required
          value={subject}
          onChange={(event) => put({ subject: event.currentTarget.value })}
        />
        <DraftFields written={draft.content} files={files} onChange={put} onFiles={setFiles} />
        {send.error !== null && <Failed cause={send.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={send.isPending}
            disabled={to.length === 0 || cannotSend(files) || draft.other !== null}
          >
            {t('messages.write.act', { number: to.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const plurals = { kind: 'kinds', urgency: 'urgencies', availability: 'availabilities' } as const
