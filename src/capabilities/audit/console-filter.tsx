import { Button, Group, Select, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acts, outcomes } from '#ledger/acts'
import { useMembers } from '../../web/design/member-name'
import { purposes } from '../../web/work-form'
import { usePeopleNames } from './people-names'
import type { Conditions } from './search'

type Name = keyof Conditions

interface Searching {
  readonly conditions: Conditions
  readonly onSearch: (conditions: Conditions) => void
}

/** Everything that entries are searched by; nothing is asked before it is said to search, since each search is an entry. */
export function FilterForm({ conditions, onSearch }: Searching) {
  const { t } = useTranslation()
  const members = useMembers().map((it) => ({ value: it.id, label: it.name }))
  const people = usePeopleNames().map((it) => ({ value: it.id, label: `${it.name} (${it.username})` }))
  const [chosen, setChosen] = useState<Conditions>(conditions)
  // Back and forward change the address under a form that stays, so that the focus does too.
  const said = JSON.stringify(conditions)
  useEffect(() => setChosen(JSON.parse(said) as Conditions), [said])
  const put = (name: Name, value: string | null) =>
    setChosen(({ [name]: _, ...rest }) => (value === null || value === '' ? rest : { ...rest, [name]: value }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(chosen)
  }
  const pick = (name: Name, data: readonly { value: string; label: string }[], searchable = false) => (
    <Select
      label={t(`audit.columns.${name}`)}
      value={chosen[name] ?? null}
      onChange={(it) => put(name, it)}
      placeholder={t('audit.filter.any')}
      // An address may name somebody who is not in the list any more.
      data={[
        ...data,
        ...(chosen[name] !== undefined && !data.some((it) => it.value === chosen[name])
          ? [{ value: chosen[name], label: chosen[name] }]
          : []),
      ]}
      searchable={searchable}
      clearable
      clearButtonProps={{ 'aria-label': t('audit.filter.clear') }}
    />
  )
  const type = (name: Name, more: Partial<Parameters<typeof TextInput>[0]> = {}) => (
    <TextInput
      label={t(`audit.filter.${name}`)}
      value={chosen[name] ?? ''}
      onChange={(event) => put(name, event.currentTarget.value)}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      {...more}
    />
  )
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <div className="conditions">
          {pick('person', people, true)}
          {pick(
            'act',
            acts.map((it) => ({ value: it, label: t(`audit.acts.${it}`) })),
            true,
          )}
          {pick(
            'outcome',
            outcomes.map((it) => ({ value: it, label: t(`audit.outcomes.${it}`) })),
          )}
          {pick(
            'purpose',
            purposes.map((it) => ({ value: it, label: t(`web.purposes.${it}`) })),
          )}
          {pick('member', members, true)}
          {pick('owner', members, true)}
          {pick('recipient', members, true)}
          {type('object', { maxLength: 256, dir: 'ltr' })}
          {type('reference', { dir: 'auto' })}
          {type('from', { type: 'date' })}
          {type('to', { type: 'date' })}
        </div>
        <Group gap="sm" mt="sm">
          <Button type="submit">{t('audit.filter.search')}</Button>
          <Button variant="default" onClick={() => onSearch({})}>
            {t('audit.filter.all')}
          </Button>
        </Group>
      </form>
    </search>
  )
}
