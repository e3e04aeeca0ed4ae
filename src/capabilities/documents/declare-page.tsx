import {
  Button,
  Fieldset,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HandlingFields, type Header, handlingOf, inDays, startHeader } from '../../web/design/handling-form'
import { useMembers } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { DeclareFile } from './declare-file'
import { DocumentFiles } from './document-files'
import defaults from './handling-defaults.json'
import { numbersIn } from './numbers-in'
import { KindSelect } from './pieces'

const statuses = ['stolen', 'lost', 'revoked', 'invalidated', 'blank-stolen'] as const

/** Declares documents of our own state: some by hand, or a whole file. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('documents.declare.title')}
      </Title>
      <ForWork>
        <Form />
      </ForWork>
    </>
  )
}

const { instrument, provision, reviewDays, expiryDays } = defaults.declaration

function Form() {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const members = useMembers()
  const { member } = useSignedIn()
  const [header, setHeader] = useState(
    (): Header => ({
      ...startHeader(work, { instrument, provision, reviewOn: inDays(reviewDays), expiresOn: inDays(expiryDays) }),
      purposes: [...new Set(['border-security', ...(work === undefined ? [] : [work.purpose])])],
      codes: [],
      onward: 'no',
      source: 'A',
      information: '1',
      nature: 'fact',
      tlp: 'GREEN',
    }),
  )
  const [audience, setAudience] = useState<string[]>([])
  const [kind, setKind] = useState<string | null>('passport')
  const [status, setStatus] = useState<string>('stolen')
  const [declaredAt, setDeclaredAt] = useState(inDays(0))
  const [text, setText] = useState('')
  const [last, setLast] = useState('')
  const sent = useRef({ request: '', key: '' })
  const handling = { ...handlingOf(header), audience: { members: audience } }
  const numbers = numbersIn(text)
  const declaring = useMutation({
    networkMode: 'always',
    mutationFn: () => {
      const said = { kind, status, declaredAt }
      const what =
        last.trim() === ''
          ? { documents: numbers.map((number) => ({ number, ...said })) }
          : { ranges: [{ from: numbers[0], to: last.trim(), ...said }] }
      const body = { handling, ...what }
      const request = JSON.stringify(body)
      // A second try of the same declaration, after a lost connection, does not declare it twice.
      if (request !== sent.current.request) sent.current = { request, key: crypto.randomUUID() }
      return ask<{ id: string; declared: number; recipients: string[] }>('/api/v1/documents', {
        method: 'POST',
        body,
        idempotencyKey: sent.current.key,
      })
    },
    onSuccess: async () => {
      setText('')
      setLast('')
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    declaring.mutate()
  }
  return (
    <Stack gap="lg">
      <Fieldset legend={t('documents.declare.header')}>
        <MultiSelect
          label={t('documents.declare.audience')}
          description={t('documents.declare.audienceText')}
          value={audience}
          onChange={setAudience}
          data={members.filter((it) => it.id !== member.id).map((it) => ({ value: it.id, label: it.name }))}
          searchable
          mb="md"
        />
        <HandlingFields header={header} onChange={setHeader} />
      </Fieldset>
      <Fieldset legend={t('documents.declare.what')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
          <KindSelect value={kind} onChange={setKind} required />
          <Select
            label={t('documents.fields.status')}
            value={status}
            onChange={(it) => it !== null && setStatus(it)}
            data={statuses.map((it) => ({ value: it, label: t(`documents.statuses.${it}`) }))}
          />
          <TextInput
            label={t('documents.fields.declaredAt')}
            type="date"
            value={declaredAt}
            max={inDays(0)}
            onChange={(event) => setDeclaredAt(event.currentTarget.value)}
            required
          />
        </SimpleGrid>
      </Fieldset>
      <form onSubmit={submit} aria-label={t('documents.declare.byHand')}>
        <Stack gap="sm">
          <Title order={2} size="h4">
            {t('documents.declare.byHand')}
          </Title>
          <Textarea
            label={t('documents.fields.numbers')}
            description={t('documents.declare.numbersText')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            minRows={3}
            autosize
            dir="auto"
          />
          <TextInput
            label={t('documents.declare.last')}
            description={t('documents.declare.lastText')}
            value={last}
            onChange={(event) => setLast(event.currentTarget.value)}
            disabled={numbers.length > 1}
            maw={320}
            dir="auto"
          />
          {declaring.error !== null && <Failed cause={declaring.error} />}
          {declaring.data !== undefined && (
            <p role="status">
              {t('documents.declare.done', {
                amount: declaring.data.declared,
                members: declaring.data.recipients.length,
              })}{' '}
              <Link to={'/documents/declared' as '/today'}>{t('documents.tabs.declared')}</Link>
            </p>
          )}
          <Group>
            <Button type="submit" loading={declaring.isPending} disabled={numbers.length === 0}>
              {t('documents.declare.act')}
            </Button>
          </Group>
        </Stack>
      </form>
      <DeclareFile begin={{ handling, kind, status, declaredAt }} />
      <DocumentFiles begin={{ handling, kind, status, declaredAt }} />
    </Stack>
  )
}
