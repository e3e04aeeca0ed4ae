import { Checkbox, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../design/name-and-do'
import { Failed, Slow } from '../design/states'
import { useAsk } from '../node'
import type { Acting } from './acting'

interface Colleague {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
}

const reading: ReadonlySet<string> = new Set(['officer', 'supervisor', 'legal'])

/** Names the persons of this office for whose eyes a TLP:RED record is. */
export function NameReaders({ record, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [chosen, setChosen] = useState<string[]>()
  const path = `/api/v1/records/${record.id}/readers`
  const { data, error } = useQuery({
    queryKey: ['live', [record.type, record.id], 'readers', record.id],
    queryFn: async () => {
      const [{ items }, { readers }] = await Promise.all([
        ask<{ items: readonly Colleague[] }>('/api/v1/colleagues'),
        ask<{ readers: readonly string[] }>(path),
      ])
      // Who sees no records by any role gains nothing by being named.
      return { people: items.filter((it) => it.roles.some((role) => reading.has(role))), readers }
    },
  })
  const readers = chosen ?? [...(data?.readers ?? [])]
  return (
    <NameAndDo
      title={t('web.acts.readers.title', { name: record.caption })}
      act={t('web.acts.readers.act', { number: readers.length })}
      run={() => ask(path, { method: 'PUT', body: { readers } })}
      onClose={onClose}
    >
      <Text>{t('web.acts.readers.text')}</Text>
      {error !== null && <Failed cause={error} />}
      {data === undefined && error === null && <Slow lines={3} />}
      {data !== undefined && (
        <Checkbox.Group label={t('web.acts.readers.who')} value={readers} onChange={setChosen}>
          <Stack gap="sm" mt="sm">
            {data.people.map(({ id, name, roles }) => (
              <Checkbox
                key={id}
                value={id}
                label={<bdi>{name}</bdi>}
                description={roles.map((it) => t(`web.roles.${it}`)).join(', ')}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </NameAndDo>
  )
}
