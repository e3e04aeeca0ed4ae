import { useTranslation } from 'react-i18next'
import { useAsk } from '../../web/node'
import { Confirm } from './console-confirm'
import { PersonForm, type PersonInput } from './console-person-form'
import { type Secret, ShownOnce } from './console-secret'

export interface ListedPerson extends PersonInput {
  readonly id: string
  readonly createdAt: string
  readonly signedInAt: string | null
  readonly disabledAt: string | null
  readonly password: 'own' | 'one-time'
}

interface OneTime {
  readonly oneTimePassword: string
  readonly expiresAt: string
}

/** What the administrator is about to do, or the password that it ended with. */
export type Act =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'suspend' | 'enable' | 'reset'; readonly person: ListedPerson }
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
  if (kind === 'reset')
    return (
      <Confirm
        title={t('people.reset.title', { name })}
        text={t('people.reset.text')}
        act={t('people.reset.act')}
        run={() => ask<OneTime>(`/api/v1/people/${id}/password-reset`, { method: 'POST' })}
        onClose={close}
        onDone={(it) => hand(name, it)}
      />
    )
  return (
    <Confirm
      title={t(`people.${kind}.title`, { name })}
      text={t(`people.${kind}.text`)}
      act={t(`people.${kind}.act`)}
      run={() => ask(`/api/v1/people/${id}`, { method: 'PUT', body: { disabled: kind === 'suspend' } })}
      onClose={close}
      onDone={() => tell(t(`people.${kind}.done`, { name }))}
    />
  )
}
