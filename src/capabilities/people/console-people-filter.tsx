import { Button, Group, Select, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { roles } from '#policy/roles'
import { useSignedIn } from '../../web/node'

const choices = {
  tab: ['people', 'tokens', 'policy'],
  role: roles,
  state: ['active', 'disabled', 'one-time'],
  factor: ['with', 'without'],
  order: ['added', 'signed-in'],
  tokens: ['valid', 'ended'],
} as const

export type PeopleSearch = {
  readonly [Name in keyof typeof choices]?: (typeof choices)[Name][number]
} & { readonly text?: string }

/** What the address asks for; what is not known there is left out, so that an old link still opens. */
export function peopleSearchOf(search: object): PeopleSearch {
  const given = search as Readonly<Record<string, unknown>>
  const chosen = Object.entries(choices).flatMap(([name, known]) =>
    known.some((it) => it === given[name]) ? [[name, given[name]]] : [],
  )
  const text = String(given.text ?? '').trim()
  return { ...Object.fromEntries(chosen), ...(text !== '' && { text }) }
}

type Filter = Omit<PeopleSearch, 'tab' | 'tokens'>

export function PeopleFilter({ filter, onSearch }: { filter: Filter; onSearch: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const [text, setText] = useState(filter.text ?? '')
  useEffect(() => setText(filter.text ?? ''), [filter.text]) // back and forward
  const oversees = me.roles.includes('administrator') || me.roles.includes('auditor')
  const pick = (name: keyof Filter, value: string | null) => {
    const { [name]: _, ...rest } = filter
    onSearch({ ...rest, ...(value !== null && { [name]: value }) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    pick('text', text.trim() === '' ? null : text.trim())
  }
  const names = ['role', 'state', ...(oversees ? (['factor'] as const) : []), 'order'] as const
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="md">
          <TextInput
            label={t('people.filter.text')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={120}
            dir="auto"
          />
          <Button type="submit" variant="default">
            {t('people.filter.find')}
          </Button>
          {names.map((name) => (
            <Select
              key={name}
              label={t(`people.filter.${name}`)}
              placeholder={t('people.filter.any')}
              value={filter[name] ?? (name === 'order' ? 'added' : null)}
              onChange={(it) => pick(name, it === 'added' ? null : it)}
              data={choices[name].map((it) => ({
                value: it,
                label: t(name === 'role' ? `web.roles.${it}` : `people.filter.${name}s.${it}`),
              }))}
              {...(name === 'order'
                ? { allowDeselect: false }
                : { clearable: true, clearButtonProps: { 'aria-label': t('people.filter.clear') } })}
            />
          ))}
        </Group>
      </form>
    </search>
  )
}
