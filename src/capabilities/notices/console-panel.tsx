import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldGap } from '#capabilities/notices/console-judging'
import { Help } from '../../web/design/help'
import { Failed, Slow } from '../../web/design/states'
import { focusField } from './console-field'

interface Judged {
  readonly gaps: readonly FieldGap[]
  readonly complete: number
  readonly passes: boolean
}

/** How far the form has come, and each gap with its article and why it is asked. A press on a gap goes to its field. */
export function FormCheck({ judged, error }: { judged: Judged | undefined; error: Error | null }) {
  const { t } = useTranslation()
  return (
    <aside className="form-check" aria-label={t('notices.check.title')}>
      <div className="notice-help">
        <h2 className="notice-part">{t('notices.check.title')}</h2>
        <Help about={t('notices.check.title')} rule="RPD 83 to 95; notice-types.json">
          <p>{t('notices.check.help')}</p>
        </Help>
      </div>
      {judged === undefined ? (
        error === null ? (
          <Slow lines={4} />
        ) : null
      ) : (
        <>
          <Percent judged={judged} />
          <Gaps judged={judged} weight="blocks" />
          <Gaps judged={judged} weight="improves" />
        </>
      )}
      {error !== null && <Failed cause={error} />}
    </aside>
  )
}

function Percent({ judged: { complete, passes, gaps } }: { judged: Judged }) {
  const { t } = useTranslation()
  const count = gaps.filter((it) => it.weight === 'blocks').length
  return (
    <>
      <p role="status" className={passes ? 'check-passes' : 'check-lacks'}>
        <strong>{t('notices.check.complete', { percent: complete })}</strong>{' '}
        {passes ? t('notices.check.passes') : t('notices.check.lacks', { number: count })}
      </p>
      <Progress value={complete} size={4} aria-hidden="true" />
    </>
  )
}

function Gaps({ judged, weight }: { judged: Judged; weight: FieldGap['weight'] }) {
  const { t, i18n } = useTranslation()
  const gaps = judged.gaps.filter((it) => it.weight === weight)
  const fieldName = (at: string) => {
    const key = fieldWords(at).find((it) => i18n.exists(it))
    return key === undefined ? at : t(key)
  }
  if (gaps.length === 0) return null
  return (
    <>
      <h3>{t(`notices.check.${weight}`)}</h3>
      <ul>
        {gaps.map((it) => (
          <li key={`${it.requirement} ${it.at}`}>
            <button type="button" className="gap-link" onClick={() => focusField(it.at)}>
              {it.requirement === 'unfinished' && <>{fieldName(it.at)}: </>}
              {t(`notices.requirements.${it.requirement}.what`, it.requirement)}
            </button>
            <span className="under">
              {t(`notices.requirements.${it.requirement}.why`, '')} <bdi>{it.rule}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** `/judicial/warrant/date` is `notices.fields.warrant.date`. */
function fieldWords(at: string): string[] {
  const [name = '', block = ''] = at.split('/').reverse()
  return [`notices.fields.${block}.${name}`, `notices.fields.${name}`]
}
