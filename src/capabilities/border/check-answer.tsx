import { Button, Group } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { AlertMet } from './alert-met'
import type { Asked } from './check-form'
import type { ShownCheck } from './shown'
import { Zone } from './zone-table'

interface Answered {
  readonly check: ShownCheck
  readonly place: RefObject<HTMLElement | null>
  readonly onNext: () => void
  readonly onAgain: (asked: Asked) => void
}

/** What was found, the gravest in large letters; then what the person did. */
export function Answer({ check, place, onNext, onAgain }: Answered) {
  const { t } = useTranslation()
  const { state, documents, alerts, setAside, zone, presented } = check
  return (
    <section ref={place} tabIndex={-1} aria-labelledby="answer" className="answer">
      <div className={`verdict-panel is-${state}`} role="status">
        <h2 id="answer">{t(`border.states.${state}.title`)}</h2>
        <p>{t(`border.states.${state}.text`)}</p>
        <p className="who">
          <bdi>{presented.names[0] ?? t('border.noName')}</bdi>
          {presented.birthDate !== null && <bdi dir="ltr">{presented.birthDate}</bdi>}
          {presented.documents.map((it) => (
            <bdi key={it.number} dir="ltr" className="code">
              {[it.issuerCode, it.number].filter(Boolean).join(' ')}
            </bdi>
          ))}
        </p>
      </div>
      {alerts.map((it) => (
        <AlertMet key={it.alert} met={it}>
          {it.candidate !== null && (
            <Link to={`/border/candidates/${it.candidate}` as '/today'}>{t('border.next.compare')}</Link>
          )}
        </AlertMet>
      ))}
      <Documents documents={documents} />
      {setAside.map((it) => (
        <p key={it.alert} className="under">
          {t('border.setAside')} <bdi className="code">{it.number}</bdi> (<Moment at={it.until} />)
        </p>
      ))}
      {zone !== null && <Zone zone={zone} onTake={(number) => onAgain({ fields: typedFrom(check, number) })} />}
      <Done id={check.id} onNext={onNext} />
    </section>
  )
}

/** What was read, with the number that a person takes for the likelier one. */
function typedFrom({ presented }: ShownCheck, number: string): Record<string, string> {
  const [document] = presented.documents
  const given = {
    name: presented.names[0],
    birthDate: presented.birthDate?.length === 10 ? presented.birthDate : undefined,
    nationality: presented.nationalities[0],
    number,
    issuer: document?.issuer,
    kind: document?.kind,
    expiry: document?.expiry?.length === 10 ? document.expiry : undefined,
  }
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

function Documents({ documents }: Pick<ShownCheck, 'documents'>) {
  const { t } = useTranslation()
  const said = documents.filter((it) => it.expired || it.declared.length > 0)
  if (said.length === 0) return null
  return (
    <ul className="said-of-document">
      {said.map(({ number, expired, expiry, declared }) => (
        <li key={number}>
          <bdi dir="ltr" className="code">
            {number}
          </bdi>
          {expired && (
            <p>
              {t('border.expired')} <bdi dir="ltr">{expiry}</bdi>
            </p>
          )}
          {declared.map((it) => (
            <p key={`${it.owner} ${it.status}`}>
              <strong>{t(`border.statuses.${it.status}`)}</strong> · <MemberName id={it.owner} /> ·{' '}
              <bdi dir="ltr">{it.declaredAt}</bdi> <span className="under">{t('border.askOwner')}</span>
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

const outcomes = ['passed', 'second-line', 'owner-asked', 'refused-entry', 'held', 'other'] as const

/** The machine decides nothing: the person says what they did, with a digit, and Escape brings the next traveller. */
function Done({ id, onNext }: { id: string; onNext: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const done = useMutation({
    mutationFn: (did: string) => ask(`/api/v1/border/checks/${id}/outcome`, { method: 'POST', body: { did } }),
  })
  useHotkeys(outcomes.map((it, at) => [String(at + 1), () => done.mutate(it)]))
  return (
    <fieldset className="done">
      <legend>{t('border.did')}</legend>
      <Group gap="xs">
        {outcomes.map((it, at) => (
          <Button
            key={it}
            size="xs"
            variant={done.isSuccess && done.variables === it ? 'filled' : 'default'}
            aria-pressed={done.isSuccess && done.variables === it}
            aria-keyshortcuts={String(at + 1)}
            onClick={() => done.mutate(it)}
          >
            {t(`border.outcomes.${it}`)} <kbd>{at + 1}</kbd>
          </Button>
        ))}
        <Button size="xs" onClick={onNext} aria-keyshortcuts="Escape">
          {t('border.nextTraveller')} <kbd>Esc</kbd>
        </Button>
      </Group>
      <p role="status" className="under">
        {done.isSuccess && t('border.didKept')}
      </p>
      {done.error !== null && <Failed cause={done.error} />}
    </fieldset>
  )
}
