import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rules, ShownNotice } from '#capabilities/notices/console-shapes'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { useAsk } from '../../web/node'
import { Said } from './console-names'

interface Proposed {
  readonly notice: ShownNotice
  readonly rules: Rules
  readonly onDone: (done: 'confirmed' | 'sent-back') => void
}

/** What the first reviewer proposes, whole. Another confirms it or sends it back. */
export function Proposal({ notice, rules, onDone }: Proposed) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [act, setAct] = useState<'confirm' | 'send-back'>()
  const { id, caption, proposal, mine } = notice
  if (proposal === null) return null
  const { outcome, reason, note, findings, person, at } = proposal
  const outcomeWords = t(`notices.outcomes.${outcome}`)
  const order = rules.factors.map((it) => it.factor)
  const sorted = [...findings].sort((a, b) => order.indexOf(a.factor) - order.indexOf(b.factor))
  return (
    <section className="proposal" aria-labelledby="proposal">
      <h2 className="notice-part" id="proposal">
        {t('notices.review.proposal')}
      </h2>
      <p>
        <strong>{outcomeWords}</strong> · <bdi className="code">{person}</bdi> · <Moment at={at} />
      </p>
      {reason !== null && <p>{t(`notices.reasons.${reason}`, reason)}</p>}
      <Said text={note} />
      {mine ? (
        <p className="notice-note">{t('notices.review.mine')}</p>
      ) : (
        <Group gap="sm">
          <Button onClick={() => setAct('confirm')}>{t('notices.review.confirm')}</Button>
          <Button variant="default" onClick={() => setAct('send-back')}>
            {t('notices.review.sendBack')}
          </Button>
        </Group>
      )}
      {sorted.length > 0 && (
        <table className="facts findings">
          <caption>{t('notices.review.findings')}</caption>
          <tbody>
            {sorted.map((it) => (
              <tr key={it.factor}>
                <th scope="row">
                  {t(`notices.factors.${it.factor}.name`, it.factor)}
                  <span className={`under weighs-${it.weighs}`}>{t(`notices.weighs.${it.weighs}`)}</span>
                </th>
                <td>
                  <Said text={it.because} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {act === 'confirm' && (
        <NameAndDo
          title={t('notices.review.confirmTitle', { name: caption, outcome: outcomeWords })}
          act={t('notices.review.confirm')}
          final={outcome !== 'published' && outcome !== 'lifted'}
          run={async () => {
            await ask(`/api/v1/notices/${id}/review/confirm`, { method: 'POST' })
            onDone('confirmed')
          }}
          onClose={() => setAct(undefined)}
        >
          <p>{t(`notices.review.confirmTexts.${outcome}`)}</p>
        </NameAndDo>
      )}
      {act === 'send-back' && (
        <NameAndDo
          title={t('notices.review.sendBackTitle', { name: caption })}
          act={t('notices.review.sendBack')}
          reason={t('notices.review.sendBackReason')}
          run={async (text) => {
            await ask(`/api/v1/notices/${id}/review/send-back`, { method: 'POST', body: { note: text } })
            onDone('sent-back')
          }}
          onClose={() => setAct(undefined)}
        />
      )}
    </section>
  )
}
