import { useTranslation } from 'react-i18next'
import { Problem } from './console-problem'
import type { Report } from './console-shapes'

const shownRejected = 100

/** Entries that could not be read, and why; their neighbours were kept. */
export function Rejected({ rejected }: Pick<Report, 'rejected'>) {
  const { t } = useTranslation()
  if (rejected.length === 0) return null
  return (
    <details>
      <summary>{t('lists.report.which')}</summary>
      <table className="facts">
        <caption className="unseen">{t('lists.report.which')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lists.report.where')}</th>
            <th scope="col">{t('lists.report.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rejected.slice(0, shownRejected).map((it, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one place may be wrong twice
            <tr key={at}>
              <th scope="row">
                <bdi>{it.where}</bdi>
              </th>
              <td>
                <Problem problem={{ code: it.code, title: it.reason }} />
                <span className="under">
                  <bdi className="code">{it.code}</bdi>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rejected.length > shownRejected && (
        <p className="under">{t('lists.report.beyond', { shown: shownRejected, all: rejected.length })}</p>
      )}
    </details>
  )
}
