import { Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { useSignedIn } from '../../web/node'
import issuing from './issuer-rule.json'
import './documents.css'

const pages = [
  ['/documents', 'lookUp'],
  ['/documents/declared', 'declared'],
  ['/documents/questions', 'questions'],
] as const

/** The heading of the pages on documents, and the ways between them; the counter has only the first. */
export function DocumentsHead() {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const reads = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  return (
    <>
      <div className="documents-title">
        <Title order={1} size="h3">
          {t('documents.title')}
        </Title>
        <Help about={t('documents.title')} rule={issuing.rule}>
          <p>{t('documents.help')}</p>
        </Help>
      </div>
      {reads && (
        <nav className="documents-tabs" aria-label={t('documents.title')}>
          {pages.map(([to, name]) => (
            <Link key={to} to={to as '/today'} activeOptions={{ exact: true }}>
              {t(`documents.tabs.${name}`)}
            </Link>
          ))}
        </nav>
      )}
    </>
  )
}
