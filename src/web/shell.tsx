import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed, Slow } from './design/states'
import { loadMenuWords } from './language'
import { useMe, useNode } from './node'
import { office } from './office'
import { SignIn } from './sign-in'

const loadDuties = async () => {
  const [part] = await Promise.all([import('./signed-in'), loadMenuWords()])
  return { default: part.SignedIn }
}
const SignedIn = lazy(loadDuties)

/** What is around every page: the exercise mark, and the sign-in or the duties of who is signed in. */
export function Shell() {
  const { t } = useTranslation()
  const { me, failure } = useMe()
  const { expired } = useNode()
  useEffect(() => {
    // While somebody types a password, what follows is fetched.
    if (me === null) void loadDuties()
  }, [me])
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
      {me === undefined && <Waiting />}
      {me === null && <SignIn />}
      {me != null && (
        <>
          {expired && <SignIn again={me.username} />}
          {/* What was open stays as it was, and nobody sees it until its person is back. */}
          <div hidden={expired}>
            <Suspense fallback={<Waiting />}>
              <SignedIn me={me} />
            </Suspense>
          </div>
        </>
      )}
    </>
  )
}

function Waiting() {
  return (
    <main id="content" className="page">
      <Slow />
    </main>
  )
}
