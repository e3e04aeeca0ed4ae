import { useTranslation } from 'react-i18next'
import { attributeOf } from '#capabilities/screening/say-evidence'
import { Clock, Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import type { ConversationEntry } from './shown'
import { useNames } from './use-names'

/** What the two offices said about a hit, in the order in which they said it; ours stands apart from theirs. */
export function Conversation({ entries }: { entries: readonly ConversationEntry[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="conversation">
      <h2 className="group-name" id="conversation">
        {t('screening.conversation')}
      </h2>
      <ol className="conversation">
        {entries.map((it, at) => (
          <Entry key={it.id} entry={it} answeredBy={entries.slice(at + 1).find((one) => one.by !== it.by)} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry, answeredBy }: { entry: ConversationEntry; answeredBy: ConversationEntry | undefined }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const { kind, by, at, text, outcome, dueAt, dueRule } = entry
  return (
    <li className={by === member.id ? 'entry mine' : 'entry other'}>
      <div className="said">
        <span>
          <strong>{t(`screening.entries.${kind}`)}</strong> · <MemberName id={by} />
        </span>
        <Moment at={at} />
      </div>
      {outcome !== null && kind === 'confirmation' && (
        <p>
          <strong>{t(`screening.states.${outcome}`)}</strong>
        </p>
      )}
      <p>
        <bdi>{text}</bdi>
      </p>
      <Facts entry={entry} />
      {dueAt !== null && answeredBy === undefined && <Clock since={at} due={dueAt} rule={dueRule} />}
      {dueAt !== null && answeredBy !== undefined && (
        <span className={answeredBy.late ? 'warns' : 'under'}>
          {t(answeredBy.late ? 'screening.late' : 'screening.inTime')}
        </span>
      )}
    </li>
  )
}

function Facts({ entry }: { entry: ConversationEntry }) {
  const { t } = useTranslation()
  const { attribute, property, country } = useNames()
  const { seenAt, where, agreeing, contradicting, disclosed } = entry
  const names = (features: readonly string[]) => [...new Set(features.map(attributeOf))].map(attribute).join(', ')
  const facts: [name: string, text: string][] = [
    [t('screening.verdicts.agrees'), names(agreeing)],
    [t('screening.verdicts.contradicts'), names(contradicting)],
    [t('screening.place'), [where?.place, where?.country && country(where.country)].filter(Boolean).join(', ')],
    ...Object.entries(disclosed).map(([name, values]): [string, string] => [property(name), values.join(', ')]),
  ]
  const shown = facts.filter(([, text]) => text !== '')
  if (seenAt === null && shown.length === 0) return null
  return (
    <dl>
      {seenAt !== null && (
        <>
          <dt>{t('screening.seenAt')}</dt>
          <dd>
            <Moment at={seenAt} />
          </dd>
        </>
      )}
      {shown.map(([name, text]) => (
        <Fact key={name} name={name} text={text} />
      ))}
    </dl>
  )
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </>
  )
}
