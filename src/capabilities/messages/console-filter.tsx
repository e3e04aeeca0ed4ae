import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { type Box, states } from './console-box'

/** Choices take effect at once; words are searched for when the person says so, since a search is recorded. */
export function Filter({ box, onChange }: { box: Box; onChange: (box: Box) => void }) {
  const { t } = useTranslation()
  const members = useMembers()
  const { member: me } = useSignedIn()
  const [q, setQ] = useState(box.q)
  // Back and forward change the address under a form that stays.
  useEffect(() => setQ(box.q), [box.q])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange({ ...box, q: q.trim() })
  }
  const date = (name: 'from' | 'until') => (
    <TextInput
      type="date"
      label={t(`messages.filter.${name}`)}
      value={box[name]}
      onChange={(event) => onChange({ ...box, [name]: event.currentTarget.value })}
    />
  )
  return (
    <search>
      <form className="filter" onSubmit={submit}>
        <TextInput
          className="grows"
          type="search"
          label={t('messages.filter.words')}
          dir="auto"
          minLength={2}
          maxLength={200}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('messages.filter.act')}
        </Button>
        <NativeSelect
          label={t('messages.columns.state')}
          value={box.state}
          onChange={(event) => onChange({ ...box, state: event.currentTarget.value as Box['state'] })}
          data={states.map((it) => ({ value: it, label: t(it === '' ? 'messages.all' : `messages.states.${it}`) }))}
        />
        <NativeSelect
          label={t('messages.filter.member')}
          value={box.member}
          onChange={(event) => onChange({ ...box, member: event.currentTarget.value })}
          data={[
            { value: '', label: t('messages.all') },
            ...members.filter((it) => it.id !== me.id).map((it) => ({ value: it.id, label: it.name })),
          ]}
        />
        {date('from')}
        {date('until')}
      </form>
    </search>
  )
}
