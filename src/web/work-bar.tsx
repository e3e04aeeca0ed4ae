import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNode, useSignedIn } from './node'

const WorkForm = lazy(async () => ({ default: (await import('./work-form')).WorkForm }))
const WorkDialog = lazy(async () => ({ default: (await import('./work-form')).WorkDialog }))

/** For what one works, and under which file: asked once for a piece of work, shown all the time, changed at will. */
export function WorkBar() {
  const { t } = useTranslation()
  const { work } = useNode()
  const [asking, setAsking] = useState(false)
  const { roles } = useSignedIn()
  if (!roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')) return <span className="work" />
  return (
    <>
      <button type="button" className="work" onClick={() => setAsking(true)}>
        {work === undefined ? (
          t('web.work.none')
        ) : (
          <>
            {t(`web.purposes.${work.purpose}`)} · <bdi>{work.reference}</bdi>
          </>
        )}
      </button>
      <Suspense>{asking && <WorkDialog onClose={() => setAsking(false)} />}</Suspense>
    </>
  )
}

/** A page that may be read for a stated purpose only: asks for it in place, then shows the page. */
export function ForWork({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { work } = useNode()
  if (work !== undefined) return children
  return (
    <section className="ask-work" aria-label={t('web.work.title')}>
      <Suspense>
        <WorkForm />
      </Suspense>
    </section>
  )
}
