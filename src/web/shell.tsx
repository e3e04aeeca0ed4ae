import { Button, Menu, Select, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed, Slow } from './design/states'
import { changeLanguage, type Language, languages, ownNames } from './language'
import { useLive } from './live'
import { type Me, useMe, useNode } from './node'
import { office } from './office'
import { Palette } from './palette'
import type { ConsolePage } from './part'
import { parts } from './parts'
import { SignIn } from './sign-in'
import { ThemeChoice } from './theme-choice'
import { WorkBar } from './work-bar'

/** What is around every page: the exercise mark, the duties that the roles of the person have, the purpose of the work. */
export function Shell() {
  const { t } = useTranslation()
  const { me, failure } = useMe()
  if (failure !== null)
    return (
      <main id="content" className="page">
        <Failed cause={failure} retry={() => location.reload()} />
      </main>
    )
  return (
    <>
      <a className="skip" href="#content">
        {t('web.skip')}
      </a>
      {office.exercise && (
        <p className="exercise" role="note">
          <strong>{t('web.exercise')}</strong> {t('web.exerciseText')}
        </p>
      )}
      {me === undefined && (
        <main id="content" className="page">
          <Slow />
        </main>
      )}
      {me === null && <SignIn />}
      {me != null && <SignedIn me={me} />}
    </>
  )
}

/** The pages that these roles have, in the order of the navigation. */
export function pagesFor({ roles }: Pick<Me, 'roles'>): readonly ConsolePage[] {
  return parts
    .flatMap((it) => it.pages)
    .filter((it) => it.when !== 'exercise' || office.exercise)
    .filter(
      (it) => it.order !== undefined && (it.roles === 'signed-in' || it.roles.some((role) => roles.includes(role))),
    )
    .sort((a, b) => a.order! - b.order!)
}

function SignedIn({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { lostSince } = useLive()
  const [finding, setFinding] = useState(false)
  useHotkeys([['mod+K', () => setFinding(true)]], [])
  return (
    <div className="shell">
      <header className="bar">
        <strong className="office">
          <bdi>{me.member.name}</bdi>
        </strong>
        <WorkBar />
        <Button variant="default" size="xs" onClick={() => setFinding(true)} aria-keyshortcuts="Control+K">
          {t('web.palette.open')} <kbd>Ctrl K</kbd>
        </Button>
        <Person me={me} />
      </header>
      <nav className="duties" aria-label={t('web.duties')}>
        <Link to="/today">{t('web.today.title')}</Link>
        {pagesFor(me).map(({ path, title }) => (
          <Link key={path} to={path as '/today'}>
            {t(title)}
          </Link>
        ))}
      </nav>
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
      <Palette opened={finding} onClose={() => setFinding(false)} me={me} />
    </div>
  )
}

function Person({ me }: { me: Me }) {
  const { t, i18n } = useTranslation()
  const { ask, forget } = useNode()
  const leave = async (path: string) => {
    await ask(path, { method: 'POST' })
    forget()
  }
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className="person">
          <bdi>{me.name}</bdi>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.roles.map((it) => t(`web.roles.${it}`)).join(', ')}</Menu.Label>
        <div className="menu-choices">
          <Select
            label={t('web.language')}
            value={i18n.language}
            comboboxProps={{ withinPortal: false }}
            onChange={(it) => it !== null && void changeLanguage(it as Language)}
            data={languages.map((it) => ({ value: it, label: ownNames[it] }))}
          />
          <ThemeChoice />
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave('/api/v1/sign-out')}>{t('web.signOut')}</Menu.Item>
        <Menu.Item onClick={() => void leave('/api/v1/sign-out-everywhere')}>{t('web.signOutEverywhere')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
