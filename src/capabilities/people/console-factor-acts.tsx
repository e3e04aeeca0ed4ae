import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthenticatorSecret, type NewAuthenticator } from '../../web/authenticator'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'

interface Asking {
  readonly title: string
  readonly act: string
  readonly final?: boolean
  readonly run: (text: (name: string) => string) => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog that asks for secrets: what was typed leaves with it, and no reply of it is kept. */
function SecretForm({ title, act, final = false, run, onClose, children }: Asking) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const doing = useMutation({
    mutationFn: async (form: FormData) => {
      await run((name) => String(form.get(name) ?? '')) // untouched: a password may begin or end with a space
    },
    gcTime: 0, // it was given secrets
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    doing.mutate(new FormData(event.currentTarget))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('people.cancel') }}
      closeOnClickOutside={false}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          {doing.error !== null && <Failed cause={doing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" {...(final && { color: 'red' })} loading={doing.isPending}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function PasswordField() {
  const { t } = useTranslation()
  const { username } = useSignedIn()
  return (
    <>
      {/* For the browser's password keeper, which has to know whose password it is. */}
      <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
      <PasswordInput
        name="password"
        label={t('people.password.current')}
        autoComplete="current-password"
        maxLength={256}
        required
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('web.signIn.showPassword') }}
      />
    </>
  )
}

interface Acting {
  readonly onClose: () => void
  readonly onDone: (codes: readonly string[]) => void
}

/** First the password, then the secret to scan and a code that proves that it was. */
export function SetUpAuthenticator({ onClose, onDone }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [begun, setBegun] = useState<NewAuthenticator>()
  if (begun === undefined)
    return (
      <SecretForm
        key="begin"
        title={t('people.second.setUp')}
        act={t('people.second.next')}
        run={async (text) => {
          const body = { password: text('password') }
          setBegun(await ask<NewAuthenticator>('/api/v1/me/authenticator', { method: 'POST', body }))
        }}
        onClose={onClose}
      >
        <Text>{t('people.second.setUpText')}</Text>
        <PasswordField />
      </SecretForm>
    )
  return (
    <SecretForm
      key="confirm"
      title={t('people.second.setUp')}
      act={t('web.signIn.enrol.confirm')}
      run={async (text) => {
        const body = { code: text('code') }
        const { recoveryCodes } = await ask<{ recoveryCodes: readonly string[] }>('/api/v1/me/authenticator', {
          method: 'PUT',
          body,
        })
        onDone(recoveryCodes)
      }}
      onClose={onClose}
    >
      <AuthenticatorSecret {...begun} />
      <CodeField label={t('web.signIn.enrol.code')} />
    </SecretForm>
  )
}

function CodeField({ label, description, digits = true }: { label: string; description?: string; digits?: boolean }) {
  return (
    <TextInput
      name="code"
      label={label}
      description={description}
      autoComplete="one-time-code"
      inputMode={digits ? 'numeric' : 'text'}
      autoCapitalize="none"
      spellCheck={false}
      minLength={6}
      maxLength={digits ? 8 : 64}
      dir="ltr"
      required
    />
  )
}

export function RemoveAuthenticator({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <SecretForm
      title={t('people.second.removeTitle')}
      act={t('people.second.remove')}
      final
      run={async (text) => {
        const typed = text('code')
        const proof = /^\d{6}$/.test(typed.replaceAll(/\s/g, '')) ? { code: typed } : { recoveryCode: typed }
        const body = { password: text('password'), ...proof }
        await ask('/api/v1/me/authenticator/removal', { method: 'POST', body })
        onDone()
      }}
      onClose={onClose}
    >
      <Text>{t('people.second.removeText')}</Text>
      <PasswordField />
      <CodeField label={t('people.second.codeOrRecovery')} digits={false} />
    </SecretForm>
  )
}

export function RenewCodes({ onClose, onDone }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <SecretForm
      title={t('people.second.renewTitle')}
      act={t('people.second.renew')}
      run={async (text) => {
        const body = { password: text('password') }
        const { recoveryCodes } = await ask<{ recoveryCodes: readonly string[] }>('/api/v1/me/recovery-codes', {
          method: 'POST',
          body,
        })
        onDone(recoveryCodes)
      }}
      onClose={onClose}
    >
      <Text>{t('people.second.renewText')}</Text>
      <PasswordField />
    </SecretForm>
  )
}
