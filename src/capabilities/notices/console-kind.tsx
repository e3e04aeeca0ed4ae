import { Fieldset, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TypeRule } from '#capabilities/notices/console-shapes'
import type { Notice } from '#capabilities/notices/record'
import { Cited } from '../../web/design/cited'
import { Choice, Line, useEditing } from './console-field'

interface Choosing {
  readonly types: readonly TypeRule[]
  readonly onType: (rule: TypeRule) => void
  readonly onChannel: (channel: Notice['channel']) => void
  /** A notice keeps its type and channel for life. */
  readonly fixed: boolean
}

/** The type, what it is for and what it may ask, and the way that it goes. */
export function KindFields({ types, onType, onChannel, fixed }: Choosing) {
  const { t } = useTranslation()
  const { form, rule, put } = useEditing()
  return (
    <Fieldset legend={t('notices.blocks.kind')}>
      {!fixed && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <Choice
            at="/type"
            label={t('notices.columns.type')}
            value={form.type}
            onChange={(it) => onType(types.find((one) => one.type === it)!)}
            choices={types.map((it) => ({ value: it.type, label: t(`notices.${form.channel}s.${it.type}`) }))}
          />
          <Choice
            at="/channel"
            label={t('notices.fields.channel')}
            value={form.channel}
            onChange={(it) => onChannel(it as Notice['channel'])}
            choices={(['notice', 'diffusion'] as const).map((it) => ({
              value: it,
              label: t(`notices.channels.${it}`),
            }))}
          />
        </SimpleGrid>
      )}
      <div className="notice-about">
        <span className={`colour colour-${form.type}`} aria-hidden="true" />
        <div>
          <p>
            {t(`notices.about.${form.type}`, rule.purpose)}{' '}
            <Cited
              about={t(`notices.notices.${form.type}`)}
              citation={{ rule: `RPD ${rule.rpd}; ${rule.source}`, verified: rule.verified }}
            >
              <p>{t(`notices.about.${form.type}`, rule.purpose)}</p>
            </Cited>
          </p>
          <p className="under">
            {t('notices.form.mayAsk')} {rule.actions.map((it) => t(`notices.actions.${it}`)).join(' · ')}
          </p>
          <p className="under">{t(`notices.channelTexts.${form.channel}`)}</p>
        </div>
      </div>
      <Line
        at="/reference"
        label={t('notices.fields.reference')}
        value={form.reference}
        onChange={(reference) => put({ reference })}
        most={200}
        required
      />
    </Fieldset>
  )
}
