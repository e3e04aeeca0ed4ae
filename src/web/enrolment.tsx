import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthenticatorSecret, type NewAuthenticator, RecoveryCodes } from './authenticator'
import { Slow } from './design/states'
import { useAsk } from './node'
import type { Newcomer } from './sign-in'
import { SignInProblem } from './sign-in-problem'

interface Enrolling {
  readonly ticket: string
  readonly onDone: (person: Newcomer) => void
  readonly onAgain: () => void
}

/** Sets up the second factor that the role of the person needs, before anything else. */
export function Enrolment({ ticket, onDone, onAgain }: Enrolling) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [made, setMade] = useState<{ person: Newcomer; recoveryCodes: readonly string[] }>()
  const begun = useQuery({
    queryKey: ['enrolment', ticket],
    queryFn: () => ask<NewAuthenticator>('/api/v1/sign-in/enrolment', { method: 'POST', body: { ticket } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // it is a secret
  })
  const confirming = useMutation({
    mutationFn: (code: string) =>
      ask<{ person: Newcomer; recoveryCodes: readonly string[] }>('/api/v1/sign-in/enrolment/confirmation', {
        method: 'POST',
        body: { ticket, code },
      }),
    gcTime: 0,
    onSuccess: setMade,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    confirming.mutate(String(new FormData(event.currentTarget).get('code')).trim())
  }
  if (made !== undefined) return <RecoveryCodes codes={made.recoveryCodes} onKept={() => onDone(made.person)} />
  return (
    <Stack gap="sm">
      <Text role="status">{t('web.signIn.enrol.text')}</Text>
      {begun.isPending && <Slow lines={4} />}
      {begun.error !== null && <SignInProblem cause={begun.error} />}
      {begun.data !== undefined && (
        <>
          <AuthenticatorSecret {...begun.data} />
          {confirming.error !== null && <SignInProblem cause={confirming.error} />}
          <form onSubmit={submit}>
            <Stack gap="sm">
              <TextInput
                name="code"
                label={t('web.signIn.enrol.code')}
                autoComplete="one-time-code"
                inputMode="numeric"
                minLength={6}
                maxLength={8}
                dir="ltr"
                required
                data-autofocus
              />
              <Button type="submit" loading={confirming.isPending}>
                {t('web.signIn.enrol.confirm')}
              </Button>
            </Stack>
          </form>
        </>
      )}
      <Button size="xs" variant="default" onClick={onAgain}>
        {t('web.signIn.second.again')}
      </Button>
    </Stack>
  )
}
