import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { ChooseFiles } from './console-files'
import { type PublishedList, useImport } from './console-import'
import { JobState } from './console-job'
import { ShareList } from './console-share'

/** The published lists that this node can import, how old each is here, and what its last import changed. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['listing', 'list'], 'lists'],
    queryFn: () => ask<{ items: readonly PublishedList[] }>('/api/v1/lists'),
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('lists.title')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data?.items.length === 0 && <Empty title={t('lists.none')}>{t('lists.noneText')}</Empty>}
      {data?.items.map((it) => (
        <ListSection key={it.id} list={it} />
      ))}
    </>
  )
}

function ListSection({ list }: { list: PublishedList }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<'import' | 'share'>()
  const [recipients, setRecipients] = useState<readonly string[]>()
  const { job, begin, force } = useImport(list)
  const busy = job?.stage === 'upload' || job?.stage === 'import'
  const acts = roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <section aria-labelledby={`list-${list.id}`}>
      <Group justify="space-between" mt="lg">
        <Title order={2} size="h4" id={`list-${list.id}`}>
          <bdi>{list.title}</bdi>
        </Title>
        {acts && (
          <Group gap="sm" className="acts">
            <Button disabled={busy} onClick={() => setAct('import')}>
              {t('lists.import.open')} <span className="unseen">{list.title}</span>
            </Button>
            <Button variant="default" disabled={list.entries === 0} onClick={() => setAct('share')}>
              {t('lists.share.open')} <span className="unseen">{list.title}</span>
            </Button>
          </Group>
        )}
      </Group>
      <Facts list={list} />
      {job !== undefined && <JobState job={job} onForce={() => void force()} />}
      <div role="status">
        {recipients !== undefined && (
          <>
            {t('lists.share.done')}{' '}
            {recipients.map((it) => (
              <span key={it} className="tag">
                <MemberName id={it} />
              </span>
            ))}
          </>
        )}
      </div>
      {act === 'import' && (
        <ChooseFiles
          list={list}
          onClose={() => setAct(undefined)}
          onBegin={(files) => {
            setAct(undefined)
            void begin(files)
          }}
        />
      )}
      {act === 'share' && (
        <ShareList
          list={list}
          onClose={() => setAct(undefined)}
          onDone={(it) => {
            setRecipients(it)
            setAct(undefined)
          }}
        />
      )}
    </section>
  )
}

function Facts({ list: { id, title, entries, generatedAt, importedAt } }: { list: PublishedList }) {
  const { t } = useTranslation()
  return (
    <table className="facts">
      <caption className="unseen">{title}</caption>
      <tbody>
        <tr>
          <th scope="row">{t('lists.id')}</th>
          <td>
            <bdi className="code">{id}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('lists.entries')}</th>
          <td>
            <bdi>{entries}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('lists.generatedAt')}</th>
          <td>
            <bdi>{generatedAt}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('lists.importedAt')}</th>
          <td>{importedAt === null ? t('lists.never') : <Moment at={importedAt} />}</td>
        </tr>
      </tbody>
    </table>
  )
}
