import { useTranslation } from 'react-i18next'
import type { EvidenceLine } from '#capabilities/screening/evidence-lines'
import { reasonOf, type Side } from '#capabilities/screening/say-evidence'
import './screening.css'
import { useNames } from './use-names'

interface Shown {
  readonly lines: readonly EvidenceLine[]
  /** What stands on the left. */
  readonly side: Side
}

/** Attributes aligned, theirs beside ours: what agrees first, what contradicts after, then what counts for nothing or is missing. */
export function Evidence({ lines, side }: Shown) {
  const { t } = useTranslation()
  const { attribute, value, say } = useNames()
  return (
    <table className="facts evidence">
      <caption>{t('screening.evidence')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('screening.columns.attribute')}</th>
          <th scope="col">{t(`screening.${side}`)}</th>
          <th scope="col">{t(side === 'ours' ? 'screening.theirs' : 'screening.inRecord')}</th>
          <th scope="col">{t('screening.columns.why')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((it) => (
          <tr key={`${it.attribute} ${it.finding}`} className={`line-${it.verdict}`}>
            <th scope="row">
              <span className={`verdict verdict-${it.verdict}`} aria-hidden="true" />
              {attribute(it.attribute)}
              <span className="under">{t(`screening.verdicts.${it.verdict}`)}</span>
            </th>
            <td>
              <Value text={value(it.attribute, it.ours)} />
            </td>
            <td>
              <Value text={value(it.attribute, it.theirs)} />
            </td>
            <td>{reasonOf(it, say, side)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ text }: { text: string }) {
  return text === '' ? <span aria-hidden="true">–</span> : <bdi>{text}</bdi>
}

/** The same in a few lines: what speaks for it and what against. */
export function Reasons({ lines, side }: Shown) {
  const { t } = useTranslation()
  const { attribute, value, say } = useNames()
  const said = lines.filter((it) => it.verdict === 'agrees' || it.verdict === 'contradicts')
  return (
    <ul className="reasons">
      {said.map((it) => (
        <li key={`${it.attribute} ${it.finding}`}>
          <span className={`verdict verdict-${it.verdict}`} aria-hidden="true" />
          <span className="unseen">{t(`screening.verdicts.${it.verdict}`)}: </span>
          <strong>{attribute(it.attribute)}</strong> <bdi>{value(it.attribute, it.theirs)}</bdi>{' '}
          <span className="reason">{reasonOf(it, say, side)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The strength of a match as a word, and its figure. */
export function Band({ band, score }: { band: string; score?: number }) {
  const { t } = useTranslation()
  return (
    <span className={`band band-${band}`}>
      {t(`screening.bands.${band}`)}
      {score !== undefined && <span className="unstrong"> · {t('screening.score', { score: score.toFixed(2) })}</span>}
    </span>
  )
}
