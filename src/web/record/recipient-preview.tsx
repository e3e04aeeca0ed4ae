import { useTranslation } from 'react-i18next'
import { MemberName } from '../design/member-name'
import type { WholeRecord } from './acting'
import { useFactWords } from './fact-words'
import { factAt, factsOf, without } from './facts'

export interface Previewed {
  readonly member: string
  readonly permit: boolean
  readonly because: readonly { readonly rule: string; readonly text: string }[]
  readonly withheld: readonly { readonly pointer: string; readonly rule: string; readonly text: string }[]
}

/** For each recipient the record as it would get it: what it says there, what is kept back and by which rule, or why nothing goes. */
export function RecipientPreview({ record, recipients }: { record: WholeRecord; recipients: readonly Previewed[] }) {
  const { t } = useTranslation()
  return (
    <div aria-live="polite" className="previews">
      {recipients.map((it) => (
        <section key={it.member}>
          <h3>
            <MemberName id={it.member} />{' '}
            {it.permit ? (
              t(it.withheld.length === 0 ? 'web.acts.preview.whole' : 'web.acts.preview.part', {
                number: it.withheld.length,
              })
            ) : (
              <strong className="warns">{t('web.acts.preview.refused')}</strong>
            )}
          </h3>
          {it.permit ? <Sees record={record} recipient={it} /> : <Refused recipient={it} />}
        </section>
      ))}
    </div>
  )
}

function Refused({ recipient: { because } }: { recipient: Previewed }) {
  const { t } = useTranslation()
  return (
    <ul>
      {because.map(({ rule, text }) => (
        <li key={rule}>
          <bdi>{text}</bdi> <span className="under">{t('web.states.rule', { rule })}</span>
        </li>
      ))}
    </ul>
  )
}

function Sees({ record, recipient }: { record: WholeRecord; recipient: Previewed }) {
  const { t } = useTranslation()
  const words = useFactWords(record.type)
  const facts = factsOf(record.body)
  const seen = factsOf(
    without(
      record.body,
      recipient.withheld.map((it) => it.pointer),
    ),
  )
  return (
    <details>
      <summary>{t('web.acts.preview.show', { number: seen.length })}</summary>
      <table className="facts">
        <caption className="unseen">{t('web.facts.title')}</caption>
        <tbody>
          {seen.map((it) => (
            <tr key={it.pointer}>
              <th scope="row">{words.nameOf(it)}</th>
              <td>
                <bdi>{words.valueOf(it)}</bdi>
              </td>
            </tr>
          ))}
          {recipient.withheld.map(({ pointer, rule, text }) => {
            const fact = factAt(facts, pointer)
            return (
              <tr key={pointer} className="kept-back">
                <th scope="row">{fact === undefined ? pointer : words.nameOf(fact)}</th>
                <td>
                  <bdi>{text}</bdi> <span className="under">{t('web.states.rule', { rule })}</span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </details>
  )
}
