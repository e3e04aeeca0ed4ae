import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../../web/design/name-and-do'
import { useAsk } from '../../web/node'
import { PersonForm, type PersonInput } from './console-person-form'
import { type Secret, ShownOnce } from './console-secret'

export interface ListedPerson extends PersonInput {
  readonly id: string
  readonly createdAt: string
  readonly signedInAt: string | null
  readonly disabledAt: string | null
  readonly password: 'own' | 'one-time'
  /** Null for those who do not oversee sign-ins. */
  readonly secondFactor: boolean | null
}

interface OneTime {
  readonly oneTimePassword: string
  readonly expiresAt: string
}

/** What the administrator is about to do, or the password that it ended with. */
export type Act =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'suspend' | 'enable' | 'reset' | 'factors'; readonly person: ListedPerson }
  | { readonly kind: 'secret'; readonly secret: Secret }

interface Acting {
  readonly act: Act
  readonly onAct: (act: Act | undefined) => void
  readonly onDone: (words: string) => void
}

export function PeopleAct({ act, onAct, onDone }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const close = () => onAct(undefined)
  const tell = (words: string) => {
    onDone(words)
    close()
  }
  const hand = (name: string, { oneTimePassword, expiresAt }: OneTime) =>
    onAct({ kind: 'secret', secret: { name, value: oneTimePassword, expiresAt } })

  if (act.kind === 'secret') return <ShownOnce secret={act.secret} text={t('people.secret.password')} onClose={close} />
  if (act.kind === 'add')
    return (
      <PersonForm
        title={t('people.add.title')}
        act={t('people.add.act')}
        write={(body) => ask<PersonInput & OneTime>('/api/v1/people', { method: 'POST', body })}
        onClose={close}
        onDone={(it) => hand(it.name, it)}
      />
    )
  const { kind, person } = act
  const { id, name } = person
  if (kind === 'change')
    return (
      <PersonForm
        title={t('people.change.title', { name })}
        act={t('people.change.act')}
        person={person}
        write={({ name, roles }) => ask(`/api/v1/people/${id}`, { method: 'PUT', body: { name, roles } })}
        onClose={close}
        onDone={() => tell(t('people.change.done', { name }))}
      />
    )
  if (kind === 'reset') return <ResetPassword person={person} onAct={onAct} />
  if (kind === 'factors')
    return (
      <NameAndDo
        title={t('people.factors.title', { name })}
        act={t('people.factors.act')}
        reason={t('people.reason')}
        final
        run={async (reason) => {
          await ask(`/api/v1/people/${id}/factor-reset`, { method: 'POST', body: { reason } })
          onDone(t('people.factors.done', { name }))
        }}
        onClose={close}
      >
        <p>{t('people.factors.text')}</p>
      </NameAndDo>
    )
  return (
    <NameAndDo
      title={t(`people.${kind}.title`, { name })}
      act={t(`people.${kind}.act`)}
      final={kind === 'suspend'}
      run={async () => {
        await ask(`/api/v1/people/${id}`, { method: 'PUT', body: { disabled: kind === 'suspend' } })
        onDone(t(`people.${kind}.done`, { name }))
      }}
      onClose={close}
    >
      <p>{t(`people.${kind}.text`)}</p>
    </NameAndDo>
  )
}

/** The new password is handed on and not answered, so that no reply that is kept for a while holds it. */
function ResetPassword({ person: { id, name }, onAct }: { person: ListedPerson; onAct: Acting['onAct'] }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const made = useRef<Act>(undefined)
  return (
    <NameAndDo
      title={t('people.reset.title', { name })}
      act={t('people.reset.act')}
      final
      run={async () => {
        const { oneTimePassword, expiresAt } = await ask<OneTime>(`/api/v1/people/${id}/password-reset`, {
          method: 'POST',
        })
        made.current = { kind: 'secret', secret: { name, value: oneTimePassword, expiresAt } }
      }}
      onClose={() => onAct(made.current)}
    >
      <p>{t('people.reset.text')}</p>
    </NameAndDo>
  )
}
