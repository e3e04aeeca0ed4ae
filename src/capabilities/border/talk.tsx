import { useTranslation } from 'react-i18next'
import type { AlertCompanions, AlertHit, AlertReturn } from '#capabilities/border/record'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { attributeOf, type ShownEntry } from './shown'

/** What the two offices said, in the order in which they said it. */
export function Talk({ entries }: { entries: readonly ShownEntry[] }) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  return (
    <section aria-labelledby="talk">
      <h2 className="group-name" id="talk">
        {t('border.talk')}
      </h2>
      <ol className="talk">
        {entries.map((it) => (
          <li key={it.id} className={it.by === member.id ? 'mine' : 'theirs'}>
            <div className="said">
              <span>
                <strong>{t(`border.entries.${it.kind}`)}</strong> · <MemberName id={it.by} />
              </span>
              <Moment at={it.at} />
            </div>
            <Said entry={it} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Said({ entry: { kind, body } }: { entry: ShownEntry }) {
  const { t } = useTranslation()
  switch (kind) {
    case 'report':
      return <Report hit={body as unknown as AlertHit} />
    case 'return':
      return <Returned form={body as unknown as AlertReturn} />
    case 'companions':
      return (
        <p>
          <bdi>{(body as unknown as AlertCompanions).companions.map((it) => it.name).join(', ')}</bdi>
        </p>
      )
    case 'answer':
      return (
        <>
          <p>
            <strong>{t(`border.answers.${body.outcome}`)}</strong>
            {body.late === true && <span className="warns">{t('border.late')}</span>}
          </p>
          <Words text={String(body.note)} />
        </>
      )
    case 'information':
      return <Words text={String(body.text)} />
    case 'redress':
      return (
        <>
          <p>
            <bdi className="code">{String(body.number)}</bdi>
          </p>
          <Words text={String(body.reason)} />
        </>
      )
  }
}

function Words({ text }: { text: string }) {
  return (
    <p>
      <bdi>{text}</bdi>
    </p>
  )
}

function Report({ hit }: { hit: AlertHit }) {
  const { t } = useTranslation()
  const { place, agreeing, differing, strength, compared, document, presented, companions, note } = hit
  const names = (features: readonly string[]) =>
    [...new Set(features.map(attributeOf))].map((it) => t(`border.attributes.${it}`)).join(', ')
  const facts: [name: string, text: string][] = [
    [
      t('border.columns.where'),
      [place.desk, t(`border.directions.${place.direction}`), place.transport].filter(Boolean).join(' · '),
    ],
    [t('border.columns.presented'), [presented.name, presented.birthDate].filter(Boolean).join(' · ')],
    [
      t('border.attributes.document'),
      document === null ? '' : [document.issuer?.toUpperCase(), document.number].filter(Boolean).join(' '),
    ],
    [t('border.sides.agrees'), names(agreeing)],
    [t('border.sides.differs'), names(differing)],
    [t('border.columns.strength'), t(`border.strengths.${strength}`)],
    [t('border.companionsCount'), String(companions)],
  ]
  return (
    <>
      <p>{t(compared ? 'border.comparedBy' : 'border.notCompared')}</p>
      <Facts facts={facts} />
      {note !== '' && <Words text={note} />}
    </>
  )
}

const returned = [
  'place',
  'reason',
  'route',
  'destination',
  'identityRevealed',
  'objectsUsed',
  'objectsCarried',
  'circumstances',
] as const

function Returned({ form }: { form: AlertReturn }) {
  const { t } = useTranslation()
  const facts: [name: string, text: string][] = [
    ...returned.map((it): [string, string] => [t(`border.form.${it}`), form[it]]),
    [t('border.companionsCount'), form.companions === 0 ? '' : String(form.companions)],
  ]
  const { executed } = form
  return (
    <>
      <p>
        <strong>{t(form.located ? 'border.form.located' : 'border.notLocated')}</strong> · <Moment at={form.seenAt} />
      </p>
      {executed !== null && (
        <p>
          <strong>
            {t('border.form.executed')}: {t(`border.executions.${executed.what}`)}
          </strong>{' '}
          <bdi>{executed.note}</bdi>
          {!form.confirmed && <span className="warns">{t('border.beforeConfirmation')}</span>}
        </p>
      )}
      <Facts facts={facts} />
    </>
  )
}

function Facts({ facts }: { facts: readonly [name: string, text: string][] }) {
  return (
    <dl className="border-facts">
      {facts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
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
