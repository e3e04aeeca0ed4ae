import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { passkeysWork } from './passkey'

export interface Typed {
  readonly username: string
  readonly password: string
  readonly newPassword?: string
}

interface Asking {
  /** Whose name stands there already. */
  readonly as?: string
  readonly busy: boolean
  /** Whether a one-time password is to be exchanged. */
  readonly choosing: boolean
  readonly onPassword: (typed: Typed) => void
  readonly onPasskey: () => void
}

/** The first step: password or passkey. */
export function FirstStep({ as, busy, choosing, onPassword, onPasskey }: Asking) {
  const { t } = useTranslation()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation() // a dialog may stand within a form
    const form = new FormData(event.currentTarget)
    const newPassword = String(form.get('newPassword') ?? '')
    onPassword({
      username: String(form.get('username')),
      password: String(form.get('password')),
      ...(newPassword === '' ? {} : { newPassword }),
    })
  }
  const visibilityToggleButtonProps = { 'aria-label': t('web.signIn.showPassword') }
  return (
    <>
      {choosing && <Text role="status">{t('web.signIn.choosePassword')}</Text>}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            name="username"
            label={t('web.signIn.username')}
            defaultValue={as}
            data-autofocus={as === undefined ? true : undefined}
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
            required
          />
          <PasswordInput
            name="password"
            label={t('web.signIn.password')}
            autoComplete="current-password"
            maxLength={256}
            required
            data-autofocus={as === undefined ? undefined : true}
            visibilityToggleButtonProps={visibilityToggleButtonProps}
          />
          {choosing && (
            <PasswordInput
              name="newPassword"
              label={t('web.signIn.newPassword')}
              description={t('web.signIn.newPasswordText')}
              autoComplete="new-password"
              maxLength={256}
              required
              visibilityToggleButtonProps={visibilityToggleButtonProps}
            />
          )}
          <Button type="submit" loading={busy}>
            {t('web.signIn.submit')}
          </Button>
        </Stack>
      </form>
      {passkeysWork() && (
        <Button variant="default" disabled={busy} onClick={onPasskey}>
          {t('web.signIn.passkey')}
        </Button>
      )}
    </>
  )
}
