import { Button } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Slow } from './design/states'
import { Drop } from './drop'
import { Duties } from './duties'
import { useKeys } from './keys'
import { LanguageChoice } from './language-choice'
import { useLive } from './live'
import { type Me, useNode } from './node'
import { Notifications } from './notifications'
import { dutiesFor, pagesFor } from './pages'
import { ThemeChoice } from './theme-choice'
import { WorkBar } from './work-bar'

const loadPalette = () => import('./palette')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet')).KeySheet }))

/** The duties that the roles of the person have, the purpose of the work, what came, and the page. */
export function SignedIn({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { lostSince } = useLive()
  const [sheet, setSheet] = useState<'palette' | 'keys'>()
  const navigate = useNavigate()
  const find = useCallback(() => setSheet('palette'), [])
  const close = useCallback(() => setSheet(undefined), [])
  const keys = useKeys({
    find,
    today: useCallback(() => void navigate({ to: '/today' }), [navigate]),
    search: useCallback(() => void navigate({ to: '/search' as '/today' }), [navigate]),
    tell: useCallback(() => setSheet('keys'), []),
    quiet: sheet !== undefined,
  })
  usePagesAhead(me)
  return (
    <div className="shell">
      <header className="bar">
        <strong className="office">
          <bdi>{me.member.name}</bdi>
        </strong>
        <WorkBar />
        <Notifications />
        <Button variant="default" size="xs" onClick={find} aria-keyshortcuts="Control+K">
          {t('web.palette.open')} <kbd>Ctrl K</kbd>
        </Button>
        <Person me={me} />
      </header>
      <Duties me={me} />
      {lostSince !== null && (
        <p className="lost" role="status">
          {t('web.states.lost', { since: lostSince.toLocaleTimeString() })}
        </p>
      )}
      <main id="content" className="page" tabIndex={-1}>
        <Suspense fallback={<Slow />}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense>
        {sheet === 'palette' && <Palette onClose={close} me={me} />}
        {sheet === 'keys' && <KeySheet onClose={close} {...keys} />}
      </Suspense>
    </div>
  )
}

/** How long the first page has the line to itself, in milliseconds. */
const settledAfter = 3_000

/** Fetches the code of this person's pages while nothing else is to be done, so that going to one waits for its data only. */
function usePagesAhead(me: Me): void {
  useEffect(() => {
    const { connection } = navigator as { connection?: { saveData?: boolean } }
    if (connection?.saveData === true || typeof requestIdleCallback !== 'function') return
    const loads: (() => Promise<unknown>)[] = [loadPalette, ...pagesFor(me).map((it) => it.load)]
    let handle = 0
    const next = () => {
      handle = requestIdleCallback(() => {
        loads.shift()?.().then(next, next)
      })
    }
    const timer = setTimeout(next, settledAfter)
    return () => {
      clearTimeout(timer)
      cancelIdleCallback(handle)
    }
  }, [me])
}

function Person({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { ask, forget } = useNode()
  const leave = async (path: string) => {
    await ask(path, { method: 'POST' })
    forget()
  }
  return (
    <Drop className="person" button={<bdi>{me.name}</bdi>}>
      <p className="under">{me.roles.map((it) => t(`web.roles.${it}`)).join(', ')}</p>
      <div className="drop-choices">
        <LanguageChoice />
        <ThemeChoice />
      </div>
      <hr />
      {dutiesFor(me)
        .filter(({ duty }) => duty === 'account')
        .flatMap(({ pages }) => pages)
        .map(({ path, title }) => (
          <Link key={path} to={path as '/today'}>
            {t(title)}
          </Link>
        ))}
      <button type="button" onClick={() => void leave('/api/v1/sign-out')}>
        {t('web.signOut')}
      </button>
      <button type="button" onClick={() => void leave('/api/v1/sign-out-everywhere')}>
        {t('web.signOutEverywhere')}
      </button>
    </Drop>
  )
}
