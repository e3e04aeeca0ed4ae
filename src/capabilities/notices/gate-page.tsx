import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownNotice } from '#capabilities/notices/console-shapes'
import { Missing } from '../../web/design/states'
import { ActionHere } from './console-action'
import { Memory } from './console-events'
import { GateAnswer } from './console-gate'
import { JudgedNotice } from './console-judged'
import { OpenNotice } from './console-open'

/** The notice on one side; on the other why a person of this office looks first, and the answer under its own law. */
export function Page() {
  return (
    <OpenNotice>
      {(notice) => (notice.role === 'holder' ? <Gate key={notice.id} notice={notice} /> : <Missing />)}
    </OpenNotice>
  )
}

function Gate({ notice }: { notice: ShownNotice }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const { flags } = notice
  return (
    <JudgedNotice notice={notice} tab="gate" done={done ? t('notices.gate.done') : undefined}>
      <section aria-labelledby="gate-flags">
        <h2 className="notice-part" id="gate-flags">
          {t('notices.gate.flags')}
        </h2>
        {flags.length === 0 ? (
          <p className="under">{t('notices.gate.noFlags')}</p>
        ) : (
          <ul className="flags">
            {flags.map((it) => (
              <li key={it}>
                <strong>{t(`notices.flags.${it}.name`, it)}</strong>
                <span className="under">{t(`notices.flags.${it}.text`, '')}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Memory refusals={notice.refusals} />
      <ActionHere notice={notice} />
      <GateAnswer notice={notice} onDone={() => setDone(true)} />
    </JudgedNotice>
  )
}
