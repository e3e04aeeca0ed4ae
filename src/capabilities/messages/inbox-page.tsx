import './messages.css'
import { Button, Group, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../web/ask'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { DraftsList, type ListedDraft } from '../../web/drafts-list'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { type Box, boxes, boxOf, pathOf, searchOf } from './console-box'
import { Filter } from './console-filter'
import { InboxTable, type Listed } from './console-inbox-table'

/** Messages in and out: open requests by the clock that runs out first, then the others, newest first; and what is begun. */
export function Page() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const navigate = useNavigate()
  const box = boxOf(useSearch({ strict: false }))
  const writes = roles.some((it) => it === 'officer' || it === 'supervisor')
  const choose = (next: Box) => void navigate({ to: '/messages' as '/today', search: searchOf(next) as never })
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('messages.title')}
        </Title>
        {writes && (
          <Button renderRoot={(props) => <Link to={'/messages/new' as '/today'} {...props} />}>
            {t('messages.new')}
          </Button>
        )}
      </Group>
      <nav className="boxes" aria-label={t('messages.box')}>
        {boxes
          .filter((it) => writes || it !== 'drafts')
          .map((it) => (
            <Link
              key={it}
              to={'/messages' as '/today'}
              search={searchOf({ ...box, box: it }) as never}
              activeOptions={{ exact: true }}
              {...(it === box.box ? { 'aria-current': 'page' as const } : { 'aria-current': undefined })}
            >
              {t(it === 'drafts' ? 'web.drafts.title' : `messages.${it}box`)}
            </Link>
          ))}
      </nav>
      {box.box === 'drafts' ? (
        <DraftsList kinds={['message', 'message-answer']} hrefOf={hrefOf} />
      ) : (
        <>
          <Filter box={box} onChange={choose} />
          {box.q.length < 2 ? (
            <List box={{ ...box, q: '' }} />
          ) : (
            <ForWork>
              <List box={box} />
            </ForWork>
          )}
        </>
      )}
    </>
  )
}

function hrefOf({ key, kind }: ListedDraft) {
  const id = key.slice(kind.length + 1)
  return kind === 'message' ? `/messages/new?draft=${id}` : `/messages/${id}`
}

function List({ box }: { box: Box }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const pages = usePages({
    queryKey: ['live', 'message', 'list', box, box.q === '' ? null : work],
    read: (after) => ask<{ items: Listed[]; next: string | null }>(pathOf(box, after)),
  })
  const { data, error, isPending, fetchStatus, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending && fetchStatus === 'paused') return <Failed cause={offline} />
  if (isPending) return <Slow />
  const items = data.pages.flatMap((it) => it.items)
  const narrowed = Object.keys(searchOf({ ...box, box: 'in' })).length > 0
  if (items.length === 0)
    return (
      <Empty title={t(narrowed ? 'messages.noneFound' : 'messages.none')}>
        {t(narrowed ? 'messages.noneFoundText' : 'messages.noneText')}
      </Empty>
    )
  return (
    <>
      <InboxTable items={items} caption={t(`messages.${box.box}box`)} out={box.box === 'out'} />
      <More of={pages} />
    </>
  )
}

const offline = new Refusal({ status: 0, code: 'console/offline', title: '' })
