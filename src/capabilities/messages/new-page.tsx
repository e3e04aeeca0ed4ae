import { Button, Group, MultiSelect, Radio, Stack, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { cannotSend, DraftFields, type Sent, startDraft, usePost, writingOf } from './console-draft'
import { Done } from './console-sent'

/** What another page may begin a message with. */
interface Begun {
  readonly thread?: string
  readonly to?: string | readonly string[]
  readonly concerning?: string | readonly string[]
}

/** Writes to officers of other members: a request, which has a clock, or information, which nobody has to answer. */
export function Page() {
  const { t } = useTranslation()
  const [sent, setSent] = useState<Sent>()
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('messages.new')}
      </Title>
      {sent === undefined ? (
        <ForWork>
          <Form onSent={setSent} />
        </ForWork>
      ) : (
        <Done sent={sent} />
      )}
    </>
  )
}

function Form({ onSent }: { onSent: (sent: Sent) => void }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const members = useMembers()
  const client = useQueryClient()
  const post = usePost(ask, work)
  const begun = useSearch({ strict: false }) as Begun
  const [draft, setDraft] = useState(() => startDraft(work, [begun.concerning ?? []].flat()))
  const [to, setTo] = useState<string[]>(() => [begun.to ?? []].flat())
  const [subject, setSubject] = useState('')
  const [kind, setKind] = useState(begun.thread === undefined ? 'request' : 'information')
  const [urgency, setUrgency] = useState('normal')
  const [availability, setAvailability] = useState<string>('directly-accessible')
  const asksUrgently = kind === 'request' && urgency === 'urgent'
  const send = useMutation({
    mutationFn: async () =>
      post<Sent>('/api/v1/messages', {
        ...(await writingOf(draft)),
        ...(begun.thread === undefined ? {} : { thread: begun.thread }),
        kind,
        to,
        subject,
        urgency,
        ...(asksUrgently ? { availability } : {}),
      }),
    onSuccess: async (sent) => {
      onSent(sent)
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  const radio = (
    label: string,
    place: string,
    values: readonly string[],
    [value, set]: [string, (it: string) => void],
  ) => (
    <Radio.Group label={label} value={value} onChange={set}>
      <Group gap="md" mt="xs">
        {values.map((it) => (
          <Radio key={it} value={it} label={t(`messages.${place}.${it}`)} />
        ))}
      </Group>
    </Radio.Group>
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <MultiSelect
          label={t('messages.to')}
          data={members.filter((it) => it.id !== me.id).map((it) => ({ value: it.id, label: it.name }))}
          value={to}
          onChange={setTo}
          searchable
          required
          maxValues={64}
          nothingFoundMessage={t('messages.write.noMember')}
        />
        {begun.thread === undefined &&
          radio(t('messages.columns.kind'), 'kinds', ['request', 'information'], [kind, setKind])}
        {radio(t('messages.columns.urgency'), 'urgencies', ['normal', 'urgent'], [urgency, setUrgency])}
        {asksUrgently &&
          radio(
            t('messages.write.availability'),
            'availabilities',
            ['directly-accessible', 'held-by-others'],
            [availability, setAvailability],
          )}
        <TextInput
          label={t('messages.subject')}
          dir="auto"
          minLength={3}
          maxLength={200}
          required
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <DraftFields draft={draft} onChange={setDraft} />
        {send.error !== null && <Failed cause={send.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={to.length === 0 || cannotSend(draft)}>
            {t('messages.write.act', { number: to.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
