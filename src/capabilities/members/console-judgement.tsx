import { useTranslation } from 'react-i18next'
import type { Judged } from './health-shapes'

/** How something stands, in a word, and what to do when that is not well. */
export function Judgement({ standing, advice }: Judged) {
  const { t } = useTranslation()
  return (
    <>
      <strong className={`standing standing-${standing}`}>{t(`members.health.standings.${standing}`)}</strong>
      {advice !== null && <span className="under">{t(`members.health.advice.${advice}`)}</span>}
    </>
  )
}
