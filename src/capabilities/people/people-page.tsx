import { Button, Group, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { type Act, type ListedPerson, PeopleAct } from './console-people-acts'

interface PeoplePage {
  readonly items: readonly ListedPerson[]
  readonly next: string | null
}

/** The people of this node with their roles; the administrator adds them, changes them and lets them in again. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<Act>()
  const [done, setDone] = useState('')
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('people.title')}
        </Title>
        {roles.includes('administrator') && (
          <Button onClick={() => setAct({ kind: 'add' })}>{t('people.add.open')}</Button>
        )}
      </Group>
      <p role="status">{done}</p>
      <People onAct={setAct} />
      {act !== undefined && <PeopleAct act={act} onAct={setAct} onDone={setDone} />}
    </>
  )
}

function People({ onAct }: { onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'person', 'people'],
    queryFn: ({ pageParam }) =>
      ask<PeoplePage>(`/api/v1/people?limit=50${pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow />
  const people = data.pages.flatMap((it) => it.items)
  if (people.length === 0) return <Empty title={t('people.none')}>{t('people.noneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('people.title')}</caption>
        <thead>
          <tr>
            {(['name', 'roles', 'state', 'signedInAt', 'acts'] as const).map((it) => (
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
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('people.more')}
        </Button>
      )}
    </>
  )
}

function Row({ person, onAct }: { person: ListedPerson; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const { id, username, name, roles, disabledAt, signedInAt, password } = person
  // Nobody changes their own roles or resets their own password: for that there is another administrator.
  const kinds = ['change', disabledAt === null ? 'suspend' : 'enable', 'reset'] as const
  const mayAct = me.roles.includes('administrator') && me.id !== id
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {me.id === id && <span className="tag">{t('people.you')}</span>}
        <bdi className="under">{username}</bdi>
      </th>
      <td>{roles.map((it) => t(`web.roles.${it}`)).join(', ')}</td>
      <td>
        {disabledAt === null ? (
          t('people.active')
        ) : (
          <span className="differs">
            {t('people.suspendedSince')} <Moment at={disabledAt} />
          </span>
        )}
        {password === 'one-time' && <span className="under">{t('people.oneTime')}</span>}
      </td>
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
