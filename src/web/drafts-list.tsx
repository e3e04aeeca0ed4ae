import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from './design/clock'
import { NameAndDo } from './design/name-and-do'
import { Empty, Failed, Slow } from './design/states'
import { useAsk, useSignedIn } from './node'

export interface ListedDraft {
  readonly key: string
  readonly kind: string
  readonly caption: string
  readonly updatedAt: string
}

interface Listing {
  /** The forms whose drafts these are. */
  readonly kinds: readonly string[]
  /** Where a draft is gone on with. */
  readonly hrefOf: (draft: ListedDraft) => string
  /** Shows nothing at all when there is none. */
  readonly quiet?: boolean
}

/** What the person began and did not send, on this machine or another, to go on with or to give up. */
export function DraftsList({ kinds, hrefOf, quiet = false }: Listing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { id } = useSignedIn()
  const [discarding, setDiscarding] = useState<ListedDraft>()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'draft', 'list', id],
    queryFn: () => ask<{ items: ListedDraft[] }>('/api/v1/drafts'),
    staleTime: 0, // drafts make no noise in the stream of changes
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return quiet ? null : <Slow lines={3} />
  const items = data.items.filter((it) => kinds.includes(it.kind))
  if (items.length === 0) return quiet ? null : <Empty title={t('web.drafts.none')}>{t('web.drafts.noneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption>{t('web.drafts.yours')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('web.drafts.columns.caption')}</th>
            <th scope="col">{t('web.drafts.columns.form')}</th>
            <th scope="col">{t('web.drafts.columns.saved')}</th>
            <th scope="col">{t('web.drafts.columns.act')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((draft) => (
            <tr key={draft.key}>
              <th scope="row">
                <Link {...linkOf(hrefOf(draft))}>
                  <bdi>{draft.caption || t('web.drafts.untitled')}</bdi>
                </Link>
              </th>
              <td>{t(`web.drafts.kinds.${draft.kind}`, draft.kind)}</td>
              <td>
                <Moment at={draft.updatedAt} />
              </td>
              <td>
                <Button size="xs" variant="default" onClick={() => setDiscarding(draft)}>
                  {t('web.drafts.discard.open')}
                  <span className="unseen"> {draft.caption}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {discarding !== undefined && (
        <NameAndDo
          title={t('web.drafts.discard.title', { name: discarding.caption || t('web.drafts.untitled') })}
          act={t('web.drafts.discard.act')}
          final
          run={() => ask(`/api/v1/drafts/${discarding.key}`, { method: 'DELETE' })}
          onClose={() => setDiscarding(undefined)}
        >
          <p>{t('web.drafts.discard.text')}</p>
        </NameAndDo>
      )}
    </>
  )
}

/** The router takes a path and what is asked of it apart. */
function linkOf(href: string) {
  const [to, query = ''] = href.split('?')
  return { to: to as '/today', search: Object.fromEntries(new URLSearchParams(query)) as never }
}
