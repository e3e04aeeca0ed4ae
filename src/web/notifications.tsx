import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from './design/clock'
import { Drop } from './drop'
import { office } from './office'
import { useQueue } from './queue'

/** Only an instant is kept in the browser: nothing of what was seen. */
const kept = 'comity-seen-until'
const shown = 12

/** What has come into the queue since this person last looked: counted in the title, said aloud, and listed. */
export function Notifications() {
  const { t } = useTranslation()
  const { items, waiting } = useQueue()
  const [seenUntil, setSeenUntil] = useState(() => localStorage.getItem(kept) ?? '')
  const news = items.filter((it) => it.since > seenUntil).sort((a, b) => (a.since < b.since ? 1 : -1))
  const [newest] = news
  const said = useArrivals(waiting ? undefined : items.map((it) => it.id))
  const arrived = items.filter((it) => said.includes(it.id))

  useEffect(() => {
    document.title = news.length === 0 ? office.name : `(${news.length}) ${office.name}`
  }, [news.length])

  const see = () => {
    const until = new Date().toISOString()
    localStorage.setItem(kept, until)
    setSeenUntil(until)
  }
  return (
    <>
      <span className="unseen" aria-live="polite">
        {arrived.map((it) => t('web.news.arrived', { what: t(it.kind), subject: it.subject })).join('. ')}
      </span>
      <Drop
        className="bell"
        label={t('web.news.open', { count: news.length })}
        onClose={see}
        button={
          <>
            {t('web.news.title')}
            {news.length > 0 && <strong className="count">{news.length}</strong>}
          </>
        }
      >
        {newest === undefined && <p className="under">{t('web.news.none')}</p>}
        {news.slice(0, shown).map((it) => (
          <Link key={it.id} to={it.href as '/today'}>
            <span className="under">
              {t(it.kind)} · <Moment at={it.since} />
            </span>
            <bdi>{it.subject}</bdi>
          </Link>
        ))}
        <hr />
        <Link to="/today">{t('web.news.all')}</Link>
      </Drop>
    </>
  )
}

/** Ids that were not there at the reading before; none at the first. */
function useArrivals(ids: readonly string[] | undefined): readonly string[] {
  const before = useRef<ReadonlySet<string>>(undefined)
  const [arrivals, setArrivals] = useState<readonly string[]>([])
  const key = ids?.join(' ')
  useEffect(() => {
    if (key === undefined) return
    const now = key === '' ? [] : key.split(' ')
    const known = before.current
    before.current = new Set(now)
    const fresh = known === undefined ? [] : now.filter((it) => !known.has(it))
    if (fresh.length > 0) setArrivals(fresh)
  }, [key])
  return arrivals
}
