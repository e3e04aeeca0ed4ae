import { useTranslation } from 'react-i18next'
import type { DirectoryChange } from '#capabilities/members/directory-changes'

/** Exactly what a proposal changes, a line for each thing, in words. */
export function Lines({ lines }: { lines: readonly DirectoryChange[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption>{t('members.proposals.lines')}</caption>
      <thead>
        <tr>
          {(['about', 'what', 'fromTo'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`members.proposals.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((it) => (
          <Line key={`${it.kind} ${it.id} ${it.field}`} line={it} />
        ))}
      </tbody>
    </table>
  )
}

const textFields = ['name', 'kind', 'country', 'mandates', 'roles', 'members', 'federation', 'exercise', 'expiresAt']

function Line({ line: { kind, id, name, field, use, before, after } }: { line: DirectoryChange }) {
  const { t } = useTranslation()
  const isKey = kind.startsWith('key-')
  const named = field !== null && (textFields.includes(field) || field.includes('.'))
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        <span className="under">
          <bdi className="code">{id}</bdi>
        </span>
      </th>
      <td>
        {t(`members.changes.${kind}`)}
        {named && <span className="under">{t(`members.fields.${field.replace('.', '-')}`)}</span>}
        {isKey && (
          <span className="under">
            {use !== undefined && `${t(`members.keys.uses.${use}`)}: `}
            <bdi className="code hash" dir="ltr">
              {field}
            </bdi>
          </span>
        )}
      </td>
      <td>
        <div className="lines">
          {before !== null && (
            <del>
              <span className="unseen">{t('members.proposals.before')}</span> <bdi>{before}</bdi>
            </del>
          )}
          {after !== null && (
            <ins>
              <span className="unseen">{t('members.proposals.after')}</span> <bdi>{after}</bdi>
            </ins>
          )}
        </div>
      </td>
    </tr>
  )
}
