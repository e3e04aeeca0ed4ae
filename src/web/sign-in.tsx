import { Alert, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from './ask'
import { LanguageChoice } from './language-choice'
import { useNode } from './node'
import { office } from './office'
import { passkeyAnswer, passkeysWork } from './passkey'

/**
 * Password or passkey; a one-time password is exchanged for one of the person's own on the way. `again` is who signs in once
 * more after a session that ended in the middle of work; anybody else begins afresh.
 */
export function SignIn({ again }: { again?: string }) {
  const { t } = useTranslation()
  const { ask, forget, resume } = useNode()
  const client = useQueryClient()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [choosing, setChoosing] = useState(false)

  async function attempt(signIn: () => Promise<unknown>) {
    setBusy(true)
    setProblem(undefined)
    try {
      await signIn()
      const { username } = await ask<{ username: string }>('/api/v1/me')
      if (again !== undefined && username === again) return resume()
      if (again !== undefined) forget()
      await client.invalidateQueries({ queryKey: ['me'] })
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'people/password-change-needed') setChoosing(true)
      else setProblem(cause instanceof Error ? cause.message : String(cause))
    } finally {
      setBusy(false)
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const newPassword = form.get('newPassword')
    const body = {
      username: form.get('username'),
      password: form.get('password'),
      ...(newPassword === null || newPassword === '' ? {} : { newPassword }),
    }
    void attempt(() => ask('/api/v1/sign-in', { method: 'POST', body }))
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
        {problem !== undefined && (
          <Alert color="red" role="alert" title={t('web.signIn.refused')}>
            {problem}
          </Alert>
        )}
        {again !== undefined && (
          <Alert role="status" title={t('web.signIn.ended')}>
            {t('web.signIn.endedText')}
          </Alert>
        )}
        {choosing && <Alert role="status">{t('web.signIn.choosePassword')}</Alert>}
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              name="username"
              label={t('web.signIn.username')}
              defaultValue={again}
              autoComplete="username webauthn"
              autoCapitalize="none"
              spellCheck={false}
              required
              data-autofocus
            />
            <PasswordInput
              name="password"
              label={t('web.signIn.password')}
              autoComplete="current-password"
              required
              visibilityToggleButtonProps={{ 'aria-label': t('web.signIn.showPassword') }}
            />
            {choosing && (
              <PasswordInput
                name="newPassword"
                label={t('web.signIn.newPassword')}
                autoComplete="new-password"
                required
                visibilityToggleButtonProps={{ 'aria-label': t('web.signIn.showPassword') }}
              />
            )}
            <Button type="submit" loading={busy}>
              {t('web.signIn.submit')}
            </Button>
          </Stack>
        </form>
        {passkeysWork() && (
          <Button
            variant="default"
            disabled={busy}
            onClick={() =>
              attempt(async () => {
                const options = await ask<Record<string, unknown>>('/api/v1/sign-in/passkey/options', {
                  method: 'POST',
                })
                await ask('/api/v1/sign-in/passkey', { method: 'POST', body: await passkeyAnswer(options) })
              })
            }
          >
            {t('web.signIn.passkey')}
          </Button>
        )}
        <LanguageChoice />
      </Stack>
    </main>
  )
}
