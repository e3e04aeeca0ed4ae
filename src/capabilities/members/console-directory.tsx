import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Fingerprint } from './console-keys'
import type { DirectoryState, ShownDirectory } from './console-shapes'

export function useDirectory() {
  const ask = useAsk()
  return useQuery({
    queryKey: ['live', 'directory', 'contacts'],
    queryFn: () => ask<ShownDirectory>('/api/v1/members'),
  })
}

/** The directory in force: its version, its hash and the one before it, and who has signed it. */
export function InForce() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'directory', 'state'],
    queryFn: () => ask<DirectoryState>('/api/v1/directory/state'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={2} />
  const { federation, version, hash, previous, issuedAt, expiresAt, threshold, keys } = data
  return (
    <dl className="in-force" aria-label={t('members.directory.title')}>
      <div>
        <dt>{t('members.directory.title')}</dt>
        <dd>
          <bdi>{federation}</bdi>, {t('members.directory.version')} <bdi>{version}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('members.directory.issuedAt')}</dt>
        <dd>
          <Moment at={issuedAt} />
        </dd>
      </div>
      <div>
        <dt>{t('members.directory.expiresAt')}</dt>
        <dd>
          <Moment at={expiresAt} />
        </dd>
      </div>
      <div>
        <dt>
          {t('members.directory.signatures')}{' '}
          <Help about={t('members.directory.signatures')} rule={t('members.rules.point1')}>
            <p>{t('members.directory.signaturesText')}</p>
          </Help>
        </dt>
        <dd>
          {t('members.directory.signedBy', {
            signed: keys.filter((it) => it.signed).length,
            threshold,
            keys: keys.length,
          })}
          {keys.map((it) => (
            <span key={it.kid} className="under">
              <Fingerprint kid={it.kid} />{' '}
              {t(it.signed ? 'members.directory.hasSigned' : 'members.directory.hasNotSigned')}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t('members.directory.hash')}</dt>
        <dd>
          <Fingerprint kid={hash} />
          <span className="under">
            {previous === null ? (
              t('members.directory.first')
            ) : (
              <>
                {t('members.directory.previous')} <Fingerprint kid={previous} />
              </>
            )}
          </span>
        </dd>
      </div>
    </dl>
  )
}
