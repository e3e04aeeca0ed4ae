import { Group, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Help } from '../design/help'
import './acts.css'

export interface AskingRule {
  readonly id: string
  readonly text: string
  readonly source: string
  readonly verified: boolean
}

/** The rules that ask for a second person, each in a sentence with where it comes from. */
export function AskingRules({ rules }: { rules: readonly AskingRule[] }) {
  const { t, i18n } = useTranslation()
  const says = ({ id, text }: AskingRule) => (i18n.exists(`web.fourEyes.${id}`) ? t(`web.fourEyes.${id}`) : text)
  return (
    <ul>
      {rules.map((it) => (
        <li key={it.id}>
          {says(it)}{' '}
          <Help about={says(it)} rule={it.source}>
            <p>{t(it.verified ? 'web.acts.second.verified' : 'web.acts.second.unverified')}</p>
          </Help>
        </li>
      ))}
    </ul>
  )
}

/** Says that one person does not suffice and why, and asks for the reason that the second one will read. */
export function SecondPerson({
  rules,
  reason,
  onChange,
}: {
  rules: readonly AskingRule[]
  reason: string
  onChange: (reason: string) => void
}) {
  const { t } = useTranslation()
  return (
    <section className="waits" aria-label={t('web.acts.second.title')}>
      <Group gap="sm">
        <strong>{t('web.acts.second.title')}</strong>
      </Group>
      <AskingRules rules={rules} />
      <Textarea
        label={t('web.acts.second.reason')}
        value={reason}
        onChange={(event) => onChange(event.currentTarget.value)}
        minLength={3}
        maxLength={1_000}
        required
      />
    </section>
  )
}
