import { Button, Fieldset, Group, NativeSelect, Radio, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rules, ShownNotice } from '#capabilities/notices/console-shapes'
import { mayMove, moveOfOutcome, type Place } from '#capabilities/notices/lifecycle'
import type { Finding, Outcome } from '#capabilities/notices/record'
import { Refusal } from '../../web/ask'
import { Cited } from '../../web/design/cited'
import { Failed } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useAsk } from '../../web/node'

const weighs = ['for', 'against', 'neither'] as const

/** Outcomes that rest on the whole test. */
const whole: ReadonlySet<string> = new Set(['published', 'refused', 'cancelled'])
/** Outcomes that need no reason by its code. */
const plain: ReadonlySet<string> = new Set(['published', 'lifted'])

export const outcomesFrom = (place: Place): Outcome[] =>
  (Object.keys(moveOfOutcome) as Outcome[]).filter((it) => mayMove(place, moveOfOutcome[it], 'reviewer'))

interface Tested {
  readonly findings: Readonly<Record<string, { readonly weighs: string; readonly because: string }>>
  readonly outcome: string
  readonly reason: string
  readonly note: string
}

interface Testing {
  readonly notice: ShownNotice
  readonly rules: Rules
  readonly onDone: () => void
}

/** Each factor weighed by a person, with reasons; then what is proposed to the second. */
export function Test({ notice, rules, onDone }: Testing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const outcomes = outcomesFrom(notice.place)
  const draft = useDraft<Tested>(
    `notice-review:${notice.id}`,
    { findings: {}, outcome: '', reason: '', note: '' },
    { captionOf: () => notice.caption, record: notice.id },
  )
  const { content, change } = draft
  const outcome = outcomes.find((it) => it === content.outcome) ?? ''
  const reasons = rules.reasons.filter((it) => it.for.includes(outcome))
  const propose = useMutation({
    networkMode: 'always',
    mutationFn: () => {
      const findings = rules.factors.flatMap(({ factor }): Finding[] => {
        const { weighs: way = '', because = '' } = content.findings[factor] ?? {}
        return way === '' || because.trim() === ''
          ? []
          : [{ factor, weighs: way as Finding['weighs'], because: because.trim() }]
      })
      const reason = plain.has(outcome) || content.reason === '' ? null : content.reason
      const body = { outcome, reason, note: content.note.trim(), findings }
      return ask(`/api/v1/notices/${notice.id}/review/propose`, { method: 'POST', body })
    },
    onSuccess: async () => {
      await draft.clear()
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    propose.mutate()
  }
  const missing = propose.error instanceof Refusal ? (propose.error.details.missing as string[] | undefined) : undefined
  const needsAll = outcome === '' || whole.has(outcome)
  return (
    <form onSubmit={submit} aria-labelledby="review-test">
      <Stack gap="md">
        <h2 className="notice-part" id="review-test">
          {t('notices.review.test')}
        </h2>
        <p className="under">{t('notices.review.testText')}</p>
        <DraftState
          draft={draft}
          textOf={(it) =>
            [it.note, ...Object.values(it.findings).map((one) => one.because)].filter((one) => one !== '').join('\n\n')
          }
        />
        {rules.factors.map(({ factor, source, verified }) => {
          const { weighs: way, because } = content.findings[factor] ?? { weighs: '', because: '' }
          const put = (next: object) =>
            change({ ...content, findings: { ...content.findings, [factor]: { weighs: way, because, ...next } } })
          return (
            <Fieldset
              key={factor}
              className={missing?.includes(factor) ? 'factor factor-missing' : 'factor'}
              legend={
                <span className="notice-help">
                  {t(`notices.factors.${factor}.name`, factor)}
                  <Cited about={t(`notices.factors.${factor}.name`, factor)} citation={{ rule: source, verified }}>
                    <p>{t(`notices.factors.${factor}.text`, '')}</p>
                  </Cited>
                </span>
              }
            >
              <Radio.Group
                aria-label={t('notices.review.weighs')}
                value={way}
                onChange={(it) => put({ weighs: it })}
                name={`weighs-${factor}`}
              >
                <Group gap="md">
                  {weighs.map((it) => (
                    <Radio key={it} value={it} label={t(`notices.weighs.${it}`)} required={needsAll} />
                  ))}
                </Group>
              </Radio.Group>
              <Textarea
                mt="xs"
                aria-label={`${t('notices.review.because')}: ${t(`notices.factors.${factor}.name`, factor)}`}
                placeholder={t('notices.review.because')}
                value={because}
                onChange={(event) => put({ because: event.currentTarget.value })}
                maxLength={2_000}
                minRows={1}
                dir="auto"
                required={needsAll}
              />
            </Fieldset>
          )
        })}
        <Fieldset legend={t('notices.review.outcome')}>
          <Stack gap="md">
            <NativeSelect
              label={t('notices.review.outcomeLabel')}
              value={outcome}
              onChange={(event) => change({ ...content, outcome: event.currentTarget.value, reason: '' })}
              data={['', ...outcomes].map((it) => ({ value: it, label: it === '' ? '' : t(`notices.outcomes.${it}`) }))}
              required
            />
            {outcome !== '' && !plain.has(outcome) && (
              <NativeSelect
                label={t('notices.review.reason')}
                value={content.reason}
                onChange={(event) => change({ ...content, reason: event.currentTarget.value })}
                data={['', ...reasons.map((it) => it.code)].map((it) => ({
                  value: it,
                  label: it === '' ? '' : t(`notices.reasons.${it}`, it),
                }))}
                required
              />
            )}
            <Textarea
              label={t('notices.review.note')}
              description={t('notices.review.noteText')}
              value={content.note}
              onChange={(event) => change({ ...content, note: event.currentTarget.value })}
              minLength={3}
              maxLength={3_000}
              dir="auto"
              required
            />
          </Stack>
        </Fieldset>
        {outcome === 'published' && !notice.check.passes && <p className="caution">{t('notices.check.refuses')}</p>}
        {propose.error !== null && <Failed cause={propose.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={propose.isPending} disabled={draft.other !== null}>
            {t('notices.review.propose')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
