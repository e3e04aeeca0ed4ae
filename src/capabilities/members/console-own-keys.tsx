import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Keys } from './console-keys'
import type { ShownKey } from './console-shapes'

interface OwnKey extends ShownKey {
  readonly held: boolean | null
  readonly inUse: boolean
}

interface Own {
  readonly items: readonly OwnKey[]
  readonly ending: readonly { readonly use: 'sign' | 'seal'; readonly kid: string; readonly notAfter: string }[]
}

/** The keys of this node, which of them this machine has, and how they are exchanged without a gap. */
export function OwnKeys() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'directory', 'own-keys'],
    queryFn: () => ask<Own>('/api/v1/directory/own-keys'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  const own = new Map(data.items.map((it) => [it.kid, it]))
  return (
    <section aria-label={t('members.keys.own')}>
      {data.ending.map((it) => (
        <p key={it.kid} className="caution" role="status">
          {t(`members.keys.ending.${it.use}`)} <Moment at={it.notAfter} />
        </p>
      ))}
      <Keys keys={data.items}>
        {({ kid }) => {
          const { held, inUse } = own.get(kid)!
          const where = inUse ? 'inUse' : held === null ? 'heldUnknown' : held ? 'held' : 'notHeld'
          return <span className="under">{t(`members.keys.${where}`)}</span>
        }}
      </Keys>
      <h2 className="rotation">
        {t('members.rotate.title')}{' '}
        <Help about={t('members.rotate.title')} rule={t('members.rules.point1')}>
          <p>{t('members.rotate.why')}</p>
        </Help>
      </h2>
      <ol className="steps">
        <li>
          {t('members.rotate.make')}
          <bdi className="code line" dir="ltr">
            comity keys generate --use sign --out keys.json --append
          </bdi>
        </li>
        <li>{t('members.rotate.restart')}</li>
        <li>
          {roles.includes('administrator') ? (
            <Link to={'/directory/propose' as '/today'} search={{ kind: 'add-key' } as never}>
              {t('members.rotate.propose')}
            </Link>
          ) : (
            t('members.rotate.propose')
          )}
        </li>
        <li>{t('members.rotate.sign')}</li>
        <li>{t('members.rotate.overlap')}</li>
      </ol>
    </section>
  )
}
