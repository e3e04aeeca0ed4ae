import { useTranslation } from 'react-i18next'
import type { RecordsSeen } from '#capabilities/exercise/record-seen'
import type { TaleStep } from '#capabilities/exercise/tales'
import { Clock } from '../../web/design/clock'
import { Holders } from '../../web/design/holders'
import { MemberName } from '../../web/design/member-name'
import { useExerciseDesks } from '../../web/exercise-accounts'

const inLedger: readonly string[] = ['share', 'onward', 'correct', 'recall', 'receipts']

/** What the node of this office says of a step of the story of a record. */
export function RecordFacts({ step, seen }: { step: TaleStep; seen: RecordsSeen }) {
  const { t } = useTranslation()
  const desks = useExerciseDesks()
  const { office, run, suspect, hit, candidate } = seen
  return (
    <>
      {office === 'fr' && run !== null && suspect?.version != null && inLedger.includes(step.id) && (
        <Holders id={run} version={suspect.version} />
      )}
      {office !== 'fr' && suspect !== null && inLedger.includes(step.id) && <Held suspect={suspect} />}
      {step.id === 'recall' && office === 'fr' && suspect?.state === 'active' && desks != null && (
        <p className="under">{t('exercise.silentBank')}</p>
      )}
      {step.id === 'candidate' && candidate !== null && (
        <ul>
          {candidate.reasons.map((it) => (
            <li key={it}>
              <bdi>{it}</bdi>
            </li>
          ))}
        </ul>
      )}
      {(step.id === 'hit' || step.id === 'confirm') && hit?.dueAt != null && hit.answeredAt === null && (
        <p>
          {t('exercise.clock')} <Clock since={hit.reportedAt} due={hit.dueAt} rule={hit.dueRule} />
        </p>
      )}
      {(step.id === 'hit' || step.id === 'action') && office === 'ke' && hit !== null && hit.state !== 'withdrawn' && (
        <p>
          {t('exercise.lawHere')} <strong>{hit.action.instruction}</strong>
        </p>
      )}
    </>
  )
}

/** What a recipient has: the version, the fields that were for it, and from whom. */
function Held({ suspect }: { suspect: NonNullable<RecordsSeen['suspect']> }) {
  const { t } = useTranslation()
  if (suspect.state === 'gone') return <p>{t('exercise.held.gone')}</p>
  const { version, birthDate, associates, receivedFrom } = suspect
  return (
    <table className="facts">
      <caption>{t('exercise.held.title')}</caption>
      <tbody>
        <tr>
          <th scope="row">{t('exercise.held.version')}</th>
          <td>
            <bdi>{version}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('web.properties.birthDate')}</th>
          <td>
            <bdi>{birthDate}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('exercise.held.associates')}</th>
          <td>
            <bdi>{associates}</bdi>
          </td>
        </tr>
        <tr>
          <th scope="row">{t('exercise.held.from')}</th>
          <td>{receivedFrom !== null && <MemberName id={receivedFrom} />}</td>
        </tr>
      </tbody>
    </table>
  )
}
