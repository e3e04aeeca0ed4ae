import { Select, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from './ask'
import { Slow } from './design/states'
import { changeLanguage, type Language, languages, ownNames } from './language'
import { useAsk } from './node'
import { office } from './office'
import { passkeyAnswer } from './passkey'
import { FirstStep, type Typed } from './sign-in-first'
import { SignInProblem } from './sign-in-problem'
import { type Method, SecondStep } from './sign-in-second'

// Few people need it, and once: a drawing of a QR code is not part of what everybody loads.
const Enrolment = lazy(() => import('./enrolment').then((it) => ({ default: it.Enrolment })))

/** Who has just signed in. */
export interface Newcomer {
  readonly username: string
  readonly name: string
}

type Answer =
  | { readonly next?: undefined; readonly person: Newcomer }
  | { readonly next: 'second-factor' | 'enrolment'; readonly ticket: string; readonly methods: readonly Method[] }

type Step =
  | { readonly kind: 'password' }
  | { readonly kind: 'second-factor' | 'enrolment'; readonly ticket: string; readonly methods: readonly Method[] }

/** The page for those who are not signed in. */
export function SignIn() {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  return (
    <main className="sign-in" id="content">
      <Stack gap="md" maw={360} w="100%">
        <div>
          <p className="under">{t('web.signIn.title')}</p>
          <Title order={1} size="h2">
            <bdi>{office.name}</bdi>
          </Title>
        </div>
        <SignInForm onSignedIn={() => void client.invalidateQueries({ queryKey: ['me'] })} />
        <Select
          label={t('web.language')}
          value={i18n.language}
          onChange={(it) => it !== null && void changeLanguage(it as Language)}
          data={languages.map((it) => ({ value: it, label: ownNames[it] }))}
        />
      </Stack>
    </main>
  )
}

interface SigningIn {
  readonly onSignedIn: (person: Newcomer) => void
  /** The username of the person whose session ended: on their page nobody else signs in. */
  readonly as?: string
}

/**
 * Signs somebody in, on a page or in a dialog: password or passkey, then the second factor, which a role may need to be set
 * up first. A one-time password is exchanged for one of the person's own on the way.
 */
export function SignInForm({ onSignedIn, as }: SigningIn) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [choosing, setChoosing] = useState(false)

  async function arrive(person: Newcomer) {
    if (as === undefined || person.username === as) return onSignedIn(person)
    await ask('/api/v1/sign-out', { method: 'POST' })
    throw new Refusal({ status: 403, code: 'console/somebody-else', title: '' })
  }

  async function attempt(signIn: () => Promise<Answer>) {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await signIn()
      if (answer.next === undefined) await arrive(answer.person)
      else setStep({ kind: answer.next, ticket: answer.ticket, methods: answer.methods })
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'people/password-change-needed') return setChoosing(true)
      if (cause instanceof Refusal && ['people/step-expired', 'console/somebody-else'].includes(cause.code)) begin()
      setProblem(cause)
    } finally {
      setBusy(false)
    }
  }

  function begin() {
    setStep({ kind: 'password' })
    setProblem(undefined)
  }

  const post = (path: string, body?: object) => ask<Answer>(path, { method: 'POST', body })
  const options = () => ask<Record<string, unknown>>('/api/v1/sign-in/passkey/options', { method: 'POST' })
  const prove = (ticket: string, proof: object) => post('/api/v1/sign-in/second-factor', { ticket, ...proof })

  return (
    <Stack gap="md">
      {step.kind !== 'password' && (
        <Title order={2} size="h4">
          {t(step.kind === 'enrolment' ? 'web.signIn.enrol.title' : 'web.signIn.second.title')}
        </Title>
      )}
      {problem !== undefined && <SignInProblem cause={problem} />}
      {step.kind === 'password' && (
        <FirstStep
          {...(as !== undefined && { as })}
          busy={busy}
          choosing={choosing}
          onPassword={(typed: Typed) => void attempt(() => post('/api/v1/sign-in', typed))}
          onPasskey={() =>
            void attempt(async () => post('/api/v1/sign-in/passkey', await passkeyAnswer(await options())))
          }
        />
      )}
      {step.kind === 'second-factor' && (
        <SecondStep
          methods={step.methods}
          busy={busy}
          onCode={(proof) => void attempt(() => prove(step.ticket, proof))}
          onPasskey={() =>
            void attempt(async () => prove(step.ticket, { passkey: await passkeyAnswer(await options()) }))
          }
          onAgain={begin}
        />
      )}
      {step.kind === 'enrolment' && (
        <Suspense fallback={<Slow lines={4} />}>
          <Enrolment ticket={step.ticket} onDone={(person) => void attempt(async () => ({ person }))} onAgain={begin} />
        </Suspense>
      )}
    </Stack>
  )
}
