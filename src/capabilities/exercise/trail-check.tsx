import { useTranslation } from 'react-i18next'
import { keepAnswers } from '#capabilities/exercise/altered-copy'
import type { AskNode } from '#capabilities/exercise/asking'
import { type TrailVerdict, verifyTrailHere } from '../../web/trail/trail'

/** What the auditor is told of the trail as the node shows it, and of a copy with one entry altered. */
export interface TrailCheck {
  readonly shown: TrailVerdict
  readonly altered: { readonly index: number; readonly verdict: TrailVerdict } | null
}

export async function checkTrail(ask: AskNode): Promise<TrailCheck> {
  const kept = keepAnswers(ask)
  const onProgress = () => {}
  const shown = await verifyTrailHere({ ask: kept.ask, onProgress })
  const { index, ask: copy } = kept.alter()
  const altered = index === undefined ? null : { index, verdict: await verifyTrailHere({ ask: copy, onProgress }) }
  return { shown, altered }
}

const isSound = ({ findings, signatures }: TrailVerdict) => findings.length === 0 && signatures !== 'fail'

const named = ({ findings }: TrailVerdict) =>
  findings
    .slice(0, 20)
    .map(({ index, until }) => (until - index > 1 ? `${index}–${until - 1}` : `${index}`))
    .join(', ')

export function TrailChecked({ check: { shown, altered } }: { check: TrailCheck }) {
  const { t } = useTranslation()
  const sound = isSound(shown)
  return (
    <>
      <p>
        <strong>{t(sound ? 'exercise.trail.intact' : 'exercise.trail.broken', { count: shown.size })}</strong>{' '}
        {shown.root !== null && <bdi className="code">{shown.root.slice(0, 16)}…</bdi>}
        {!sound && ` ${named(shown)}`}
      </p>
      {altered !== null && (
        <p>
          {t('exercise.trail.copy', { index: altered.index })}{' '}
          <strong>
            {t(isSound(altered.verdict) ? 'exercise.trail.copyIntact' : 'exercise.trail.copyBroken')}{' '}
            <bdi>{named(altered.verdict)}</bdi>
          </strong>
        </p>
      )}
    </>
  )
}
