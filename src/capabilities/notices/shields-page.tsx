import './notices.css'
import {
  Button,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { datePattern } from '#capabilities/notices/console-written'
import { countryCodes } from '#kernel/countries'
import { regionNames } from '#kernel/language-formats'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { Country, Said } from './console-names'

interface Shield {
  readonly id: string
  readonly kind: 'protection' | 'final-decision'
  readonly country: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly note: string
  readonly addedAt: string
}

/** Persons whom this state protects, or about whom it has decided finally. Nothing of it ever leaves. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <Link to={'/notices' as '/today'}>{t('notices.back')}</Link>
      <Title order={1} size="h3">
        {t('notices.shields.title')}
      </Title>
      <p className="notice-note">{t('notices.shields.text')}</p>
      <ForWork>
        <Listed />
        <Add />
      </ForWork>
    </>
  )
}

function Listed() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [removing, setRemoving] = useState<Shield>()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'shield', 'list'],
    queryFn: () => ask<{ items: Shield[] }>('/api/v1/notice-shields'),
    gcTime: 0,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  if (data.items.length === 0) return <Empty title={t('notices.shields.none')}>{t('notices.shields.noneText')}</Empty>
  const nameOf = ({ properties }: Shield) => properties.name?.[0] ?? '—'
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('notices.shields.title')}</caption>
        <thead>
          <tr>
            {(['name', 'kind', 'country', 'note', 'added'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`notices.shields.columns.${it}`)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t('notices.shields.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((it) => (
            <tr key={it.id}>
              <th scope="row">
                <bdi>{nameOf(it)}</bdi>
                <span className="under">
                  <bdi>{(it.properties.birthDate ?? []).join(', ')}</bdi>
                </span>
              </th>
              <td>{t(`notices.shields.kinds.${it.kind}`)}</td>
              <td>{it.country === '*' ? t('notices.shields.everyone') : <Country code={it.country} />}</td>
              <td>
                <Said text={it.note} />
              </td>
              <td>
                <Moment at={it.addedAt} />
              </td>
              <td>
                <Button size="xs" variant="default" onClick={() => setRemoving(it)}>
                  {t('notices.shields.remove')}
                  <span className="unseen"> {nameOf(it)}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {removing !== undefined && (
        <NameAndDo
          title={t('notices.shields.removeTitle', { name: nameOf(removing) })}
          act={t('notices.shields.remove')}
          final
          run={() => ask(`/api/v1/notice-shields/${removing.id}`, { method: 'DELETE' })}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('notices.shields.removeText')}</p>
        </NameAndDo>
      )}
    </>
  )
}

const empty = {
  kind: 'protection',
  country: '',
  names: [] as string[],
  birthDate: '',
  passports: [] as string[],
  note: '',
}

function Add() {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [entry, setEntry] = useState(empty)
  const put = (change: Partial<typeof empty>) => setEntry({ ...entry, ...change })
  const names = regionNames(i18n.language)
  const add = useMutation({
    networkMode: 'always',
    mutationFn: () => {
      const { kind, country, names: name, birthDate, passports, note } = entry
      const properties = {
        name,
        ...(birthDate === '' ? {} : { birthDate: [birthDate] }),
        ...(passports.length === 0 ? {} : { passportNumber: passports }),
      }
      return ask('/api/v1/notice-shields', { method: 'POST', body: { kind, country, properties, note: note.trim() } })
    },
    onSuccess: async () => {
      setEntry(empty)
      await client.invalidateQueries({ queryKey: ['live', 'shield'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Fieldset legend={t('notices.shields.add')}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <Select
              label={t('notices.shields.columns.kind')}
              value={entry.kind}
              onChange={(it) => it !== null && put({ kind: it })}
              data={(['protection', 'final-decision'] as const).map((value) => ({
                value,
                label: t(`notices.shields.kinds.${value}`),
              }))}
            />
            <Select
              label={t('notices.shields.columns.country')}
              value={entry.country === '' ? null : entry.country}
              onChange={(it) => put({ country: it ?? '' })}
              data={[
                { value: '*', label: t('notices.shields.everyone') },
                ...countryCodes.map((value) => ({ value, label: names.of(value.toUpperCase()) ?? value })),
              ]}
              limit={300}
              searchable
              required
            />
            <TagsInput
              label={t('notices.shields.names')}
              placeholder={t('notices.form.several')}
              value={entry.names}
              onChange={(it) => put({ names: it })}
              acceptValueOnBlur
              required={entry.names.length === 0}
            />
            <TextInput
              label={t('web.properties.birthDate')}
              placeholder={t('notices.form.datePlaceholder')}
              pattern={datePattern}
              title={t('notices.form.dateForm')}
              value={entry.birthDate}
              onChange={(event) => put({ birthDate: event.currentTarget.value })}
            />
            <TagsInput
              label={t('web.properties.passportNumber')}
              placeholder={t('notices.form.several')}
              value={entry.passports}
              onChange={(it) => put({ passports: it })}
              acceptValueOnBlur
            />
          </SimpleGrid>
          <Textarea
            label={t('notices.shields.columns.note')}
            value={entry.note}
            onChange={(event) => put({ note: event.currentTarget.value })}
            minLength={3}
            maxLength={1_000}
            dir="auto"
            required
          />
          {add.error !== null && <Failed cause={add.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={add.isPending}>
              {t('notices.shields.act')}
            </Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  )
}
