import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'

/** Changes the password; every other session ends with the old one. */
export function Password() {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { username } = useSignedIn()
  const change = useMutation({
    mutationFn: ({ form: _, ...body }: { form: HTMLFormElement; current: string; next: string }) =>
      ask('/api/v1/me/password', { method: 'PUT', body }),
    gcTime: 0, // it was given two passwords
    onSuccess: async (_, { form }) => {
      form.reset()
      await client.invalidateQueries({ queryKey: ['live'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    change.mutate({ form, current: String(data.get('current')), next: String(data.get('next')) })
  }
  return (
    <section aria-labelledby="change-password">
      <Title order={2} size="h5" id="change-password">
        {t('people.password.title')}
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm" maw={420} align="stretch">
          <Text size="xs">{t('people.password.text')}</Text>
          {/* For the browser's password keeper, which has to know whose password it is. */}
          <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
          <PasswordInput
            name="current"
            label={t('people.password.current')}
            autoComplete="current-password"
            maxLength={256}
            required
            visibilityToggleButtonProps={{ 'aria-label': t('web.signIn.showPassword') }}
          />
          <PasswordInput
            name="next"
            label={t('people.password.next')}
            description={t('people.password.nextText')}
            autoComplete="new-password"
            minLength={15}
            maxLength={256}
            required
            visibilityToggleButtonProps={{ 'aria-label': t('web.signIn.showPassword') }}
          />
          {change.error !== null && <Failed cause={change.error} />}
          <div>
            <Button type="submit" loading={change.isPending}>
              {t('people.password.act')}
            </Button>
          </div>
          <p role="status">{change.isSuccess && t('people.password.done')}</p>
        </Stack>
      </form>
    </section>
  )
}
