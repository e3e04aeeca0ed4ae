import { Button, Group, Stack, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bodyOf, emptyForm, marksOf } from '#capabilities/sightings/form'
import type { RecordId } from '#kernel/ids'
import { headerOf } from '../../web/design/handling-change'
import { handlingOf, inDays, startHeader } from '../../web/design/handling-form'
import type { ShownRecord } from '../../web/design/record-head'
import { Failed, Missing, Slow } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useAsk, useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { SightingFields, textOfSighting, type Written } from './console-form'
import defaults from './handling-defaults.json'

/** Records where the subject of a record was met. Its owner is told at once. */
export function Page() {
  const { t } = useTranslation()
  const { about } = useSearch({ strict: false }) as { about?: string }
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('sightings.new')}
      </Title>
      <ForWork>
        {about === undefined || !/^rec_[0-9a-f]{32}$/.test(about) ? <Choose /> : <About key={about} id={about} />}
      </ForWork>
    </>
  )
}

/** The record is named by its id when the form was not opened from its page. */
function Choose() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [about, setAbout] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void navigate({ to: '/sightings/new' as '/today', search: { about: about.trim() } as never })
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label={t('sightings.fields.about')}
          description={t('sightings.write.aboutText')}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
          required
          pattern="\s*rec_[0-9a-f]{32}\s*"
          dir="ltr"
          w={420}
        />
        <Button type="submit">{t('sightings.write.choose')}</Button>
      </Group>
    </form>
  )
}

function About({ id }: { id: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['record', id], 'record', id],
    queryFn: () => ask<ShownRecord & { body: { discreet?: boolean } }>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  if (data.type !== 'subject' && data.type !== 'notice') return <Missing />
  return (
    <>
      <p>
        {t('sightings.fields.about')}:{' '}
        <Link to={`/movements/${id}` as '/today'}>
          <bdi>{data.caption}</bdi>
        </Link>
      </p>
      <Form about={data} discreet={data.body.discreet ?? false} />
    </>
  )
}

const { instrument, provision, reviewDays, expiryDays } = defaults

function Form({ about, discreet }: { about: ShownRecord; discreet: boolean }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member } = useSignedIn()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState((): Written => {
    // A sighting is no wider than the record that it is of, so the form begins with the header of that record.
    const { tlp, codes, restriction, purposes, onward, category } = headerOf(about.handling)
    const start = startHeader(work, {
      instrument,
      provision,
      reviewOn: inDays(reviewDays),
      expiresOn: inDays(expiryDays),
    })
    return { form: emptyForm, header: { ...start, tlp, codes, restriction, purposes, onward, category } }
  })
  const draft = useDraft(`sighting:${about.id}`, initial, { captionOf: ({ form }) => form.place, record: about.id })
  const last = useRef({ request: '', key: '' })
  const record = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const { form, header } = draft.content
      const written = bodyOf(form, about.id as RecordId)
      const body = {
        handling: { ...handlingOf(header), audience: {} },
        body: written,
        marks: marksOf(form, written),
        with: form.also,
      }
      const request = JSON.stringify(body)
      // A second try of the same sighting, after a lost connection, does not record it twice.
      if (request !== last.current.request) last.current = { request, key: crypto.randomUUID() }
      return ask<{ id: string; sent: string[]; waits: string[] }>('/api/v1/sightings', {
        method: 'POST',
        body,
        idempotencyKey: last.current.key,
      })
    },
    onSuccess: async ({ sent, waits }) => {
      await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      const done = waits.length > 0 ? 'waits' : sent.length > 0 ? 'sent' : 'kept'
      await navigate({ to: `/movements/${about.id}` as '/today', state: { done } as object })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    record.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftState draft={draft} textOf={textOfSighting} />
        {about.owner !== member.id && <p>{t('sightings.write.owner')}</p>}
        <SightingFields written={draft.content} onChange={draft.change} owner={about.owner} discreet={discreet} />
        {record.error !== null && <Failed cause={record.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={record.isPending} disabled={draft.other !== null}>
            {t('sightings.write.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
