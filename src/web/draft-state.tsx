import './drafts.css'
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Moment } from './design/clock'
import { Help } from './design/help'
import type { Drafted } from './drafts'

interface Showing<Content> {
  readonly draft: Drafted<Content>
  /** What of it to show where two versions are compared: its text. */
  readonly textOf: (content: Content) => string
}

/** Where what one types is kept, said all the time; and, when it was changed elsewhere too, the choice between both. */
export function DraftState<Content>({ draft, textOf }: Showing<Content>) {
  const { t } = useTranslation()
  const { status, savedAt, keptHere, refusal } = draft
  return (
    <div className="draft-state">
      <p className={status === 'kept' || status === 'refused' || status === 'choose' ? 'draft-warns' : 'under'}>
        {/* Stays in place, so that what is put into it is read out. */}
        <span role="status" data-draft={status}>
          {t(`web.drafts.status.${status}`)} {status === 'saved' && savedAt !== null && <Moment at={savedAt} />}
          {(status === 'kept' || status === 'refused') && t(keptHere ? 'web.drafts.here' : 'web.drafts.nowhere')}{' '}
          {status === 'refused' && refusal !== null && t(`web.drafts.refusals.${refusal.code}`, refusal.message)}
        </span>{' '}
        <Help about={t('web.drafts.title')} rule={t('web.drafts.help.rule')}>
          <p>{t('web.drafts.help.text')}</p>
        </Help>
      </p>
      {draft.other !== null && <Choice draft={draft} textOf={textOf} />}
    </div>
  )
}

function Choice<Content>({ draft: { content, changedAt, other, choose }, textOf }: Showing<Content>) {
  const { t } = useTranslation()
  if (other === null) return null
  const newer = changedAt === null || other.updatedAt > changedAt ? 'other' : 'this'
  const sides = [
    { which: 'this', at: changedAt, text: textOf(content) },
    { which: 'other', at: other.updatedAt, text: textOf(other.content) },
  ] as const
  return (
    <section className="draft-choice" aria-label={t('web.drafts.choose.title')}>
      <p>{t('web.drafts.choose.text')}</p>
      <div className="sides">
        {sides.map(({ which, at, text }) => (
          <div key={which}>
            <p>
              <strong>{t(`web.drafts.choose.${which}`)}</strong> {at !== null && <Moment at={at} />}
              {which === newer && <span className="tag">{t('web.drafts.choose.newer')}</span>}
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard too */}
            <section className="draft-text" dir="auto" tabIndex={0} aria-label={t(`web.drafts.choose.${which}`)}>
              {text}
            </section>
            <Group mt="xs">
              <Button size="xs" variant="default" onClick={() => choose(which)}>
                {t(`web.drafts.choose.keep.${which}`)}
              </Button>
            </Group>
          </div>
        ))}
      </div>
    </section>
  )
}
