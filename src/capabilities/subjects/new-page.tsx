import { Button, Fieldset, Group, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'

const schemata = ['Person', 'Organization', 'Company', 'Vehicle', 'Vessel', 'Airplane'] as const
const properties = [
  'name',
  'alias',
  'birthDate',
  'birthPlace',
  'nationality',
  'country',
  'passportNumber',
  'idNumber',
  'phone',
  'email',
  'address',
  'registrationNumber',
  'notes',
] as const
const categories = [
  'suspect',
  'wanted',
  'charged',
  'convicted',
  'person-of-interest',
  'contact',
  'associate',
  'victim',
  'witness',
  'missing',
  'none',
] as const
const tlps = ['GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
const onwards = ['no', 'ask', 'audience'] as const
const actions = ['none', 'report', 'observe', 'question', 'search', 'arrest', 'protect'] as const
const day = 86_400_000

interface Row {
  readonly key: number
  readonly property: string
  readonly value: string
}

/** Records a subject with its handling header: without one of its elements nothing is saved (protocol point 3). */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} size="h3">
        {t('subjects.new')}
      </Title>
      <ForWork>
        <Form />
      </ForWork>
    </>
  )
}

function Form() {
  const { t, i18n } = useTranslation()
  const { ask, work } = useNode()
  const navigate = useNavigate()
  const [rows, setRows] = useState<readonly Row[]>([{ key: 0, property: 'name', value: '' }])
  const [choice, setChoice] = useState({
    schema: 'Person',
    category: 'suspect',
    tlp: 'AMBER',
    onward: 'ask',
    action: 'report',
    source: 'F', // not judged: a better grade is the officer's to give
    information: '6',
  })
  const save = useMutation({
    mutationFn: (body: object) => ask<{ id: string }>('/api/v1/subjects', { method: 'POST', body }),
    onSuccess: ({ id }) => navigate({ to: `/subjects/${id}` as '/today' }),
  })
  const put = (key: number, change: Partial<Row>) =>
    setRows((all) => all.map((it) => (it.key === key ? { ...it, ...change } : it)))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const filled = rows.filter((it) => it.value.trim() !== '')
    const now = Date.now()
    const { schema, category, tlp, onward, action, source, information } = choice
    save.mutate({
      handling: {
        audience: {},
        tlp,
        codes: onward === 'audience' ? [] : [{ code: 'H2' }],
        purposes: [work!.purpose],
        onward,
        grading: { scheme: 'admiralty', source, information },
        category,
        nature: 'assessment',
        basis: { instrument: form.get('instrument'), provision: form.get('provision') },
        reviewAt: new Date(now + 365 * day).toISOString(),
        expiresAt: new Date(now + 3 * 365 * day).toISOString(),
      },
      body: {
        schema,
        action,
        statements: Object.fromEntries(
          filled.map(({ key, property, value }) => [`s${key}`, { property, value: value.trim() }]),
        ),
      },
    })
  }
  const pick = (name: keyof typeof choice, values: readonly string[], label: (it: string) => string) => (
    <Select
      label={t(`subjects.fields.${name}`)}
      value={choice[name]}
      onChange={(it) => it !== null && setChoice((before) => ({ ...before, [name]: it }))}
      data={values.map((it) => ({ value: it, label: label(it) }))}
    />
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="md" mt="md">
        <Fieldset legend={t('web.facts.title')}>
          <Stack gap="sm">
            {pick('schema', schemata, (it) => t(`subjects.schemata.${it}`))}
            {rows.map(({ key, property, value }, at) => (
              <Group key={key} gap="sm" align="flex-end" wrap="nowrap">
                <Select
                  label={t('web.facts.property')}
                  value={property}
                  onChange={(it) => it !== null && put(key, { property: it })}
                  data={properties.map((it) => ({
                    value: it,
                    label: i18n.exists(`web.properties.${it}`) ? t(`web.properties.${it}`) : it,
                  }))}
                />
                <TextInput
                  flex={1}
                  label={t('web.facts.value')}
                  dir="auto"
                  value={value}
                  required={at === 0}
                  onChange={(event) => put(key, { value: event.currentTarget.value })}
                />
                {rows.length > 1 && (
                  <Button
                    variant="default"
                    aria-label={t('subjects.remove', { value })}
                    onClick={() => setRows((all) => all.filter((it) => it.key !== key))}
                  >
                    −
                  </Button>
                )}
              </Group>
            ))}
            <Button
              variant="default"
              onClick={() => setRows((all) => [...all, { key: all.at(-1)!.key + 1, property: 'alias', value: '' }])}
            >
              {t('subjects.addFact')}
            </Button>
          </Stack>
        </Fieldset>
        <Fieldset legend={t('web.handling.title')}>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            {pick('category', categories, (it) => t(`web.categories.${it}`))}
            {pick('tlp', tlps, (it) => `TLP:${it}`)}
            {pick('onward', onwards, (it) => t(`web.handling.onwards.${it}`))}
            {pick('source', ['A', 'B', 'C', 'D', 'E', 'F'], (it) => it)}
            {pick('information', ['1', '2', '3', '4', '5', '6'], (it) => it)}
            {pick('action', actions, (it) => t(`subjects.actions.${it}`))}
            <TextInput name="instrument" label={t('web.handling.basis')} defaultValue="UNSCR 1373 (2001)" required />
            <TextInput name="provision" label={t('subjects.fields.provision')} defaultValue="3(b)" required />
          </SimpleGrid>
        </Fieldset>
        {save.error !== null && <Failed cause={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('subjects.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
