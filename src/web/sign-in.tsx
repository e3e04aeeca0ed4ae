import { Alert, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from './ask'
import { Slow } from './design/states'
import { ExerciseAccounts } from './exercise-accounts'
import { LanguageChoice } from './language-choice'
import { useAsk, useNode } from './node'
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

/**
 * The page for those who are not signed in. `again` is who signs in once more after a session that ended in the middle of
 * work; anybody else begins afresh.
 */
export function SignIn({ again }: { again?: string }) {
  const { t } = useTranslation()
  const { forget, resume } = useNode()
  const client = useQueryClient()
  const arrive = ({ username }: Newcomer) => {
    if (again !== undefined && username === again) return resume()
    if (again !== undefined) forget()
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <main className="sign-in" id="content">
      <Stack gap="md" maw={360} w="100%">
        <div>
          <p className="under">{t('web.signIn.title')}</p>
          <Title order={1} size="h2">
            <bdi>{office.name}</bdi>
          </Title>
        </div>
        {again !== undefined && (
          <Alert role="status" title={t('web.signIn.ended')}>
            {t('web.signIn.endedText')}
          </Alert>
        )}
        <SignInForm onSignedIn={arrive} {...(again !== undefined && { as: again })} />
        <LanguageChoice />
      </Stack>
    </main>
  )
}

interface SigningIn {
  readonly onSignedIn: (person: Newcomer) => void
  /** The username of whoever is expected, typed already. */
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

  async function attempt(signIn: () => Promise<Answer>) {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await signIn()
      if (answer.next === undefined) onSignedIn(answer.person)
      else setStep({ kind: answer.next, ticket: answer.ticket, methods: answer.methods })
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'people/password-change-needed') return setChoosing(true)
      if (cause instanceof Refusal && cause.code === 'people/step-expired') begin()
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
      {step.kind === 'password' && as === undefined && (
        <ExerciseAccounts busy={busy} onChoose={(typed) => void attempt(() => post('/api/v1/sign-in', typed))} />
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
