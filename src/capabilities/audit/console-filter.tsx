import { Button, Group, Select, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../web/design/member-name'

const acts = [
  'collect',
  'view',
  'search',
  'match',
  'change',
  'disclose',
  'combine',
  'erase',
  'import',
  'export',
  'sign-in',
  'sign-out',
  'administer',
  'receive',
  'refuse',
  'quarantine',
  'adjudicate',
  'grant',
] as const
const outcomes = ['permitted', 'refused', 'failed'] as const
const names = ['act', 'outcome', 'member', 'object'] as const

export type Filter = Readonly<Partial<Record<(typeof names)[number], string>>>

/** The filter in the address; what is not known there is left out, so that an old link still opens. */
export function filterOf(search: object): Filter {
  const given = Object.entries(search).filter(([name, value]) => names.some((it) => it === name) && value !== '')
  const filter: Filter = Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
  const { act, outcome, ...rest } = filter
  return {
    ...(acts.some((it) => it === act) && { act }),
    ...(outcomes.some((it) => it === outcome) && { outcome }),
    ...rest,
  }
}

export function FilterForm({ filter, onSearch }: { filter: Filter; onSearch: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const members = useMembers()
  const [act, setAct] = useState(filter.act ?? null)
  const [outcome, setOutcome] = useState(filter.outcome ?? null)
  const [member, setMember] = useState(filter.member ?? null)
  const [object, setObject] = useState(filter.object ?? '')
  // Back and forward change the address under a form that stays, so that the focus does too.
  useEffect(() => {
    setAct(filter.act ?? null)
    setOutcome(filter.outcome ?? null)
    setMember(filter.member ?? null)
    setObject(filter.object ?? '')
  }, [filter.act, filter.outcome, filter.member, filter.object])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch({
      ...(act !== null && { act }),
      ...(outcome !== null && { outcome }),
      ...(member !== null && { member }),
      ...(object.trim() !== '' && { object: object.trim() }),
    })
  }
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="md" mt="md">
          <Select
            label={t('audit.columns.act')}
            value={act}
            onChange={setAct}
            placeholder={t('audit.filter.any')}
            data={acts.map((it) => ({ value: it, label: t(`audit.acts.${it}`) }))}
            clearable
            clearButtonProps={{ 'aria-label': t('audit.filter.clear') }}
          />
          <Select
            label={t('audit.columns.outcome')}
            value={outcome}
            onChange={setOutcome}
            placeholder={t('audit.filter.any')}
            data={outcomes.map((it) => ({ value: it, label: t(`audit.outcomes.${it}`) }))}
            clearable
            clearButtonProps={{ 'aria-label': t('audit.filter.clear') }}
          />
          <Select
            label={t('audit.columns.member')}
            value={member}
            onChange={setMember}
            placeholder={t('audit.filter.any')}
            data={members.map((it) => ({ value: it.id, label: it.name }))}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('audit.filter.clear') }}
          />
          <TextInput
            label={t('audit.filter.object')}
            value={object}
            onChange={(event) => setObject(event.currentTarget.value)}
            maxLength={256}
            dir="ltr"
            spellCheck={false}
          />
          <Button type="submit">{t('audit.filter.search')}</Button>
        </Group>
      </form>
    </search>
  )
}
