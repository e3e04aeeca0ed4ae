import { useTranslation } from 'react-i18next'
import type { Played, Refused } from '#capabilities/exercise/playing'
import type { Seen } from '#capabilities/exercise/seen'
import type { TaleStep } from '#capabilities/exercise/tales'
import { NoticeFacts } from './notice-facts'
import { RecordFacts } from './record-facts'
import { type TrailCheck, TrailChecked } from './trail-check'

interface Facts {
  readonly step: TaleStep
  readonly seen: Seen
  readonly played: (Played & { readonly trail?: TrailCheck }) | undefined
}

/** What the node of this office says of the step: nothing here is told, all of it is read. */
export function StepFacts({ step, seen, played }: Facts) {
  const refused = played?.refused ?? []
  return (
    <>
      {seen.tale === 'records' ? (
        <RecordFacts step={step} seen={seen} />
      ) : (
        <NoticeFacts step={step} seen={seen} played={played} />
      )}
      {refused.length > 0 && <Refusals refused={refused} />}
      {played?.trail !== undefined && <TrailChecked check={played.trail} />}
    </>
  )
}

function Refusals({ refused }: { refused: readonly Refused[] }) {
  const { t } = useTranslation()
  return (
    <table className="facts">
      <caption>{t('exercise.refused.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('exercise.refused.attempt')}</th>
          <th scope="col">{t('exercise.refused.rule')}</th>
          <th scope="col">{t('exercise.refused.answer')}</th>
        </tr>
      </thead>
      <tbody>
        {refused.map((it) => (
          <tr key={it.attempt}>
            <th scope="row">{t(`exercise.refused.${it.attempt}`)}</th>
            <td>
              <bdi>{it.rule}</bdi>
            </td>
            <td>
              <bdi>{it.text}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
