import { Checkbox, Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedMember } from '../design/member-name'
import type { WholeRecord } from './acting'
import { useFactWords } from './fact-words'
import { factsOf } from './facts'
import type { Sharing } from './sharing'

interface Keeping {
  readonly record: WholeRecord
  readonly members: readonly ListedMember[]
  readonly keptFrom: Sharing['keptFrom']
  readonly onChange: (keptFrom: Sharing['keptFrom']) => void
}

/** Keeps single facts, chosen by what they say, from single recipients. */
export function KeepFrom({ record, members, keptFrom, onChange }: Keeping) {
  const { t } = useTranslation()
  const words = useFactWords(record.type)
  const [adding, setAdding] = useState<string | null>(null)
  const facts = factsOf(record.body)
  const kept = facts.filter((it) => keptFrom[it.pointer] !== undefined)
  const saying = (it: (typeof facts)[number]) => `${words.nameOf(it)}: ${words.valueOf(it)}`
  return (
    <div className="keep-from">
      <Select
        label={t('web.acts.keep.fact')}
        description={t('web.acts.keep.text')}
        data={facts
          .filter((it) => keptFrom[it.pointer] === undefined)
          .map((it) => ({ value: it.pointer, label: saying(it) }))}
        value={adding}
        onChange={(pointer) => {
          setAdding(null)
          if (pointer !== null) onChange({ ...keptFrom, [pointer]: [] })
        }}
        searchable
      />
      {kept.map((fact) => (
        <Checkbox.Group
          key={fact.pointer}
          label={<bdi>{t('web.acts.keep.from', { fact: saying(fact) })}</bdi>}
          value={[...(keptFrom[fact.pointer] ?? [])]}
          onChange={(from) => onChange({ ...keptFrom, [fact.pointer]: from })}
        >
          <Group gap="md" mt="xs">
            {members.map((it) => (
              <Checkbox key={it.id} value={it.id} label={<bdi>{it.name}</bdi>} />
            ))}
          </Group>
        </Checkbox.Group>
      ))}
    </div>
  )
}
