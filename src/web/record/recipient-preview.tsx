import { useTranslation } from 'react-i18next'
import { MemberName } from '../design/member-name'
import { useFactWords } from './fact-words'
import { type Body, factAt, factsOf, without } from './facts'
import './acts.css'

interface Because {
  readonly rule: string
  readonly text: string
}

export interface Previewed {
  readonly member: string
  readonly permit: boolean
  readonly because: readonly Because[]
  readonly withheld: readonly (Because & { readonly pointer: string })[]
}

interface Previewing {
  readonly type: string
  readonly body: Body
  readonly recipients: readonly Previewed[]
}

/** With more recipients than this, each is opened when it is looked at. */
const mostOpen = 2

/** For each recipient the record as it would get it: what it says there, what is kept back and by which rule, or why nothing goes. */
export function RecipientPreview({ type, body, recipients }: Previewing) {
  const { t } = useTranslation()
  return (
    <div className="previews">
      {recipients.map((it) => (
        <section key={it.member}>
          <h3 aria-live="polite">
            <MemberName id={it.member} /> <Verdict recipient={it} />
          </h3>
          {!it.permit && <Refused because={it.because} />}
          {it.permit && it.withheld.length > 0 && <Withheld type={type} body={body} recipient={it} />}
          {it.permit && <Sees type={type} body={body} recipient={it} open={recipients.length <= mostOpen} />}
        </section>
      ))}
      {recipients.some((it) => !it.permit) && <p className="under">{t('web.acts.preview.next')}</p>}
    </div>
  )
}

function Verdict({ recipient: { permit, withheld } }: { recipient: Previewed }) {
  const { t } = useTranslation()
  if (!permit) return <strong className="warns">{t('web.acts.preview.refused')}</strong>
  return t(withheld.length === 0 ? 'web.acts.preview.whole' : 'web.acts.preview.part', { number: withheld.length })
}

function Refused({ because }: { because: readonly Because[] }) {
  return (
    <ul>
      {because.map(({ rule, text }) => (
        <li key={rule}>
          <Rule rule={rule} text={text} />
        </li>
      ))}
    </ul>
  )
}

function Withheld({ type, body, recipient }: Pick<Previewing, 'type' | 'body'> & { recipient: Previewed }) {
  const { t } = useTranslation()
  const words = useFactWords(type)
  const facts = factsOf(body)
  return (
    <table className="facts">
      <caption>{t('web.acts.preview.withheld')}</caption>
      <tbody>
        {recipient.withheld.map(({ pointer, rule, text }) => {
          const fact = factAt(facts, pointer)
          return (
            <tr key={pointer}>
              <th scope="row">
                {fact === undefined ? <bdi>{pointer}</bdi> : words.nameOf(fact)}
                {fact !== undefined && (
                  <span className="under">
                    <bdi>{words.valueOf(fact)}</bdi>
                  </span>
                )}
              </th>
              <td>
                <Rule rule={rule} text={text} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The rule in the words of the page, and as the node says it. */
function Rule({ rule, text }: Because) {
  const { t, i18n } = useTranslation()
  const key = `web.rules.${rule}`
  return (
    <>
      {i18n.exists(key) ? t(key) : <bdi>{text}</bdi>}{' '}
      <span className="under">
        {t('web.states.rule', { rule })}
        {i18n.exists(key) && (
          <>
            {' · '}
            <bdi lang="en">{text}</bdi>
          </>
        )}
      </span>
    </>
  )
}

function Sees({
  type,
  body,
  recipient,
  open,
}: Pick<Previewing, 'type' | 'body'> & { recipient: Previewed; open: boolean }) {
  const { t } = useTranslation()
  const words = useFactWords(type)
  const pointers = recipient.withheld.map((it) => it.pointer)
  const seen = factsOf(without(body, pointers))
  return (
    <details open={open}>
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
        </tbody>
      </table>
    </details>
  )
}
