import './notices.css'
import { useTranslation } from 'react-i18next'
import type { Notice } from '#capabilities/notices/record'
import { regionNames } from '#kernel/language-formats'
import { Clock } from '../../web/design/clock'

/** The type by its name, with the colour that it is called after beside it. */
export function TypeName({ type, channel }: Pick<Notice, 'type' | 'channel'>) {
  const { t } = useTranslation()
  return (
    <span className="notice-type">
      <span className={`colour colour-${type}`} aria-hidden="true" />
      {t(`notices.${channel}s.${type}`)}
    </span>
  )
}

interface Running {
  readonly since: string
  readonly dueAt: string | null
  readonly dueRule: string | null
}

/** What runs out, when, and by which rule. */
export function DueClock({ since, dueAt, dueRule }: Running) {
  const { t } = useTranslation()
  if (dueAt === null) return null
  const words = dueRule === null ? null : t(`notices.clocks.${dueRule.slice('notices.'.length)}`, dueRule)
  return (
    <>
      <Clock since={since} due={dueAt} rule={words} />
      {words !== null && <span className="under">{words}</span>}
    </>
  )
}

export function Country({ code }: { code: string }) {
  const { i18n } = useTranslation()
  return <bdi>{regionNames(i18n.language).of(code.toUpperCase())}</bdi>
}

/** Text as it was written, in the direction of its own letters. */
export function Said({ text }: { text: string }) {
  return (
    <div dir="auto" className="notice-said">
      {text}
    </div>
  )
}
