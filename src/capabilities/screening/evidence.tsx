import { useTranslation } from 'react-i18next'
import type { ShownCandidate } from './shown'

/** Attributes that agree and that contradict, ours beside theirs, each with its reason in words. */
export function Evidence({ features }: Pick<ShownCandidate, 'features'>) {
  const { t, i18n } = useTranslation()
  return (
    <table className="facts">
      <caption>{t('screening.evidence')}</caption>
      <thead>
        <tr>
          {(['attribute', 'ours', 'theirs', 'why'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`screening.columns.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {features.map(({ name, query, candidate, score, explanation }) => (
          <tr key={`${name} ${query} ${candidate}`}>
            <th scope="row" className={score < 0 ? 'differs' : 'agrees'}>
              {i18n.exists(`screening.features.${name}`) ? t(`screening.features.${name}`) : name.replaceAll('_', ' ')}
              <span className="unseen"> {t(score < 0 ? 'screening.contradicts' : 'screening.agrees')}</span>
            </th>
            <td>
              <bdi>{query}</bdi>
            </td>
            <td>
              <bdi>{candidate}</bdi>
            </td>
            <td lang="en" dir="ltr">
              {explanation}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
