import { Button, Group, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HandlingFields, handlingOf, startHeader } from '../../web/design/handling-form'
import { Failed } from '../../web/design/states'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { type PlaceRow, Places, placesOf } from './console-places'
import { instantOf, localIn, optional } from './console-times'

const imminences = ['imminent', 'hours', 'days', 'weeks', 'unknown'] as const

/** Records a warning. It stays with this office until it is shared from its own page. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} size="h3" mb="md">
        {t('threats.new')}
      </Title>
      <ForWork>
        <Form />
      </ForWork>
    </>
  )
}

function Form() {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const navigate = useNavigate()
  const begun = useSearch({ strict: false }) as { linked?: string | readonly string[] }
  const [header, setHeader] = useState(() => startHeader(work, { provision: 'paragraph 2(b)', reviewDays: 30 }))
  const [linked, setLinked] = useState<string[]>(() => [begun.linked ?? []].flat())
  const [places, setPlaces] = useState<PlaceRow[]>([])
  const [imminence, setImminence] = useState('days')
  const [given, setGiven] = useState(() => ({
    title: '',
    what: '',
    method: '',
    basisForAssessment: '',
    advice: '',
    from: '',
    to: '',
    validUntil: localIn(14),
  }))
  const record = useMutation({
    mutationFn: (body: object) => ask<{ id: string }>('/api/v1/threats', { method: 'POST', body }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      await navigate({ to: `/threats/${id}` as '/today', state: { recorded: true } as object })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { title, what, basisForAssessment, from, to, validUntil } = given
    record.mutate({
      handling: { ...handlingOf(header), audience: {} },
      body: {
        title,
        what,
        basisForAssessment,
        imminence,
        linked,
        where: placesOf(places),
        validUntil: instantOf(validUntil),
        when: from === '' || to === '' ? null : { from: instantOf(from), to: instantOf(to) },
        ...optional({ method: given.method, advice: given.advice }),
      },
    })
  }
  const field = (name: keyof typeof given, required = false) => ({
    label: t(`threats.${name}`),
    value: given[name],
    required,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setGiven((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          {...field('title', true)}
          label={t('threats.columns.title')}
          dir="auto"
          minLength={3}
          maxLength={200}
        />
        <Textarea {...field('what', true)} dir="auto" minLength={3} maxLength={10_000} minRows={4} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <Select
            label={t('threats.imminence')}
            value={imminence}
            onChange={(it) => it !== null && setImminence(it)}
            data={imminences.map((it) => ({ value: it, label: t(`threats.imminences.${it}`) }))}
          />
          <TextInput {...field('validUntil', true)} type="datetime-local" />
          <TextInput {...field('from', given.to !== '')} type="datetime-local" />
          <TextInput {...field('to', given.from !== '')} type="datetime-local" min={given.from} />
        </SimpleGrid>
        <Places rows={places} onChange={setPlaces} />
        <Textarea {...field('method')} dir="auto" maxLength={2_000} />
        <Textarea {...field('basisForAssessment', true)} dir="auto" minLength={3} maxLength={5_000} />
        <Textarea {...field('advice')} dir="auto" maxLength={5_000} />
        <TagsInput
          label={t('threats.linked')}
          description={t('threats.write.linkedText')}
          value={linked}
          onChange={setLinked}
          splitChars={[',', ' ', '\n']}
          maxTags={64}
          acceptValueOnBlur
        />
        <HandlingFields header={header} onChange={setHeader} />
        {record.error !== null && <Failed cause={record.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={record.isPending}>
            {t('threats.write.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
