import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import type { ShownKey } from './console-shapes'

/** A thumbprint or hash: its beginning to compare by eye, the whole of it on hover. */
export function Fingerprint({ kid }: { kid: string }) {
  return (
    <bdi className="code" dir="ltr" title={kid}>
      {kid.slice(0, 16)}…
    </bdi>
  )
}

export function KeyState({ state }: { state: ShownKey['state'] }) {
  const { t } = useTranslation()
  return <span className={state === 'valid' ? undefined : 'attention'}>{t(`members.keys.states.${state}`)}</span>
}

/** Keys with the window in which each is valid, and in words how that stands. */
export function Keys({ keys, children }: { keys: readonly ShownKey[]; children?: (key: ShownKey) => ReactNode }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption>{t('members.keys.title')}</caption>
      <thead>
        <tr>
          {(['use', 'fingerprint', 'from', 'until', 'state'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`members.keys.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keys.map((it) => (
          <tr key={it.kid}>
            <td>{t(`members.keys.uses.${it.use}`)}</td>
            <th scope="row">
              <bdi className="code hash" dir="ltr">
                {it.kid}
              </bdi>
            </th>
            <td>
              <Moment at={it.notBefore} />
            </td>
            <td>
              <Moment at={it.notAfter} />
              {it.revokedAt !== null && (
                <span className="under attention">
                  {t('members.keys.revokedAt')} <Moment at={it.revokedAt} />
                </span>
              )}
            </td>
            <td>
              <KeyState state={it.state} />
              {children?.(it)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
