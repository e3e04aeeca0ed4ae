import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { passkeysWork } from './passkey'

export type Method = 'totp' | 'passkey' | 'recovery'

interface Asking {
  readonly methods: readonly Method[]
  readonly busy: boolean
  readonly onCode: (proof: { code: string } | { recoveryCode: string }) => void
  readonly onPasskey: () => void
  readonly onAgain: () => void
}

/** The second step: a code, a passkey, or a recovery code, of those that the person has. */
export function SecondStep({ methods, busy, onCode, onPasskey, onAgain }: Asking) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Method | undefined>(methods.find((it) => it !== 'passkey'))
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), []) // the step before had the focus
  const other = methods.find((it) => it !== 'passkey' && it !== typed)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const value = String(new FormData(event.currentTarget).get('code')).trim()
    onCode(typed === 'totp' ? { code: value } : { recoveryCode: value })
  }
  return (
    <Stack gap="sm">
      <Text role="status">{t('web.signIn.second.text')}</Text>
      {typed !== undefined && (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              key={typed}
              ref={field}
              name="code"
              label={t(typed === 'totp' ? 'web.signIn.second.code' : 'web.signIn.second.recovery')}
              description={t(typed === 'totp' ? 'web.signIn.second.codeText' : 'web.signIn.second.recoveryText')}
              autoComplete={typed === 'totp' ? 'one-time-code' : 'off'}
              inputMode={typed === 'totp' ? 'numeric' : 'text'}
              autoCapitalize="none"
              spellCheck={false}
              maxLength={typed === 'totp' ? 8 : 64}
              minLength={typed === 'totp' ? 6 : 1}
              dir="ltr"
              required
              data-autofocus
            />
            <Button type="submit" loading={busy}>
              {t('web.signIn.submit')}
            </Button>
          </Stack>
        </form>
      )}
      {methods.includes('passkey') && passkeysWork() && (
        <Button variant={typed === undefined ? 'filled' : 'default'} disabled={busy} onClick={onPasskey}>
          {t('web.signIn.second.usePasskey')}
        </Button>
      )}
      <Group gap="sm">
        {other !== undefined && (
          <Button size="xs" variant="default" onClick={() => setTyped(other)}>
            {t(other === 'totp' ? 'web.signIn.second.useCode' : 'web.signIn.second.useRecovery')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onAgain}>
          {t('web.signIn.second.again')}
        </Button>
      </Group>
      <Text size="xs">{t('web.signIn.second.lost')}</Text>
    </Stack>
  )
}
