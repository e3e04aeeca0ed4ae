import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { type Act, type ListedPerson, PeopleAct } from './console-people-acts'
import { PeopleFilter, type PeopleSearch } from './console-people-filter'

interface PeoplePage {
  readonly items: readonly ListedPerson[]
  readonly next: string | null
}

interface Listing {
  readonly search: PeopleSearch
  readonly onSearch: (search: PeopleSearch) => void
}

/** The people of this node with their roles; the administrator adds them, changes them and lets them in again. */
export function PeopleTab({ search, onSearch }: Listing) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<Act>()
  const [done, setDone] = useState('')
  const { tab: _, tokens: __, ...filter } = search
  return (
    <>
      <PeopleFilter filter={filter} onSearch={onSearch} />
      {roles.includes('administrator') && (
        <Group justify="flex-end" mt="md">
          <Button onClick={() => setAct({ kind: 'add' })}>{t('people.add.open')}</Button>
        </Group>
      )}
      <p role="status">{done}</p>
      <People filter={filter} onAct={setAct} />
      {act !== undefined && <PeopleAct act={act} onAct={setAct} onDone={setDone} />}
    </>
  )
}

function People({ filter, onAct }: { filter: Omit<PeopleSearch, 'tab' | 'tokens'>; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', 'person', 'people', filter],
    read: (after) => {
      const query = new URLSearchParams({ ...filter, limit: '50' })
      if (after !== null) query.set('after', after)
      return ask<PeoplePage>(`/api/v1/people?${query}`)
    },
  })
  const { data, error, isPending, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const people = data.pages.flatMap((it) => it.items)
  if (people.length === 0) {
    const filtered = Object.keys(filter).length > 0
    return (
      <Empty title={t(filtered ? 'people.noneFits' : 'people.none')}>
        {t(filtered ? 'people.noneFitsText' : 'people.noneText')}
      </Empty>
    )
  }
  const oversees = people.some((it) => it.secondFactor !== null)
  const columns = [
    'name',
    'roles',
    'state',
    ...(oversees ? (['secondFactor'] as const) : []),
    'signedInAt',
    'acts',
  ] as const
  return (
    <>
      <table className="queue people">
        <caption className="unseen">{t('people.title')}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it} scope="col">
                {t(`people.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((it) => (
            <Row key={it.id} person={it} onAct={onAct} />
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}

function Row({ person, onAct }: { person: ListedPerson; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const { id, username, name, roles, disabledAt, signedInAt, password, secondFactor } = person
  // Nobody changes their own roles or resets what they sign in with: for that there is another administrator.
  const kinds = [
    'change',
    disabledAt === null ? 'suspend' : 'enable',
    'reset',
    ...(secondFactor ? (['factors'] as const) : []),
  ] as const
  const mayAct = me.roles.includes('administrator') && me.id !== id
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {me.id === id && <span className="tag">{t('people.you')}</span>}
        <span className="under">
          <bdi>{username}</bdi>
        </span>
      </th>
      <td>{roles.map((it) => t(`web.roles.${it}`)).join(', ')}</td>
      <td>
        {disabledAt === null ? (
          t('people.active')
        ) : (
          <span className="attention">
            {t('people.suspendedSince')} <Moment at={disabledAt} />
          </span>
        )}
        {password === 'one-time' && <span className="under">{t('people.oneTime')}</span>}
      </td>
      {secondFactor !== null && (
        <td>{t(secondFactor ? 'people.filter.factors.with' : 'people.filter.factors.without')}</td>
      )}
      <td>{signedInAt === null ? t('people.never') : <Moment at={signedInAt} />}</td>
      <td>
        {mayAct && (
          <Group gap="xs" className="acts">
            {kinds.map((kind) => (
              <Button key={kind} size="xs" variant="default" onClick={() => onAct({ kind, person })}>
                {t(`people.${kind}.open`)} <span className="unseen">{name}</span>
              </Button>
            ))}
          </Group>
        )}
      </td>
    </tr>
  )
}
