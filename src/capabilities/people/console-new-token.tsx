import { Button, Checkbox, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { purposes } from '../../web/work-form'
import type { Secret } from './console-secret'
import { scopesOfRole } from './role-scopes'

interface Made {
  readonly token: string
  readonly name: string
  readonly expiresAt: string
}

export function NewToken({ onClose, onDone }: { onClose: () => void; onDone: (secret: Secret) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { roles } = useSignedIn()
  const offered = [...new Set(roles.flatMap((it) => scopesOfRole[it]))]
  const [scopes, setScopes] = useState(['read'])
  const [days, setDays] = useState<number | string>(90)
  const [purpose, setPurpose] = useState<string | null>(null)
  const making = useMutation({
    mutationFn: ({ name, reference }: { name: string; reference: string }) => {
      const why = { ...(purpose !== null && { purpose }), ...(reference !== '' && { reference }) }
      return ask<Made>('/api/v1/tokens', { method: 'POST', body: { name, scopes, days: Number(days), ...why } })
    },
    gcTime: 0, // the reply holds the token
    onSuccess: async ({ name, token, expiresAt }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone({ name, value: token, expiresAt })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    making.mutate({ name: text('name'), reference: text('reference') })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.tokens.make')}
      closeButtonProps={{ 'aria-label': t('people.cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            name="name"
            label={t('people.tokens.name')}
            description={t('people.tokens.nameText')}
            maxLength={80}
            autoComplete="off"
            dir="auto"
            required
            data-autofocus
          />
          <Checkbox.Group label={t('people.tokens.scopes')} value={scopes} onChange={setScopes}>
            <Stack gap="xs" mt="xs">
              {offered.map((it) => (
                <Checkbox key={it} value={it} label={t(`people.scopes.${it}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NumberInput
            label={t('people.tokens.days')}
            value={days}
            onChange={setDays}
            min={1}
            max={365}
            allowDecimal={false}
            required
          />
          <Select
            label={t('people.tokens.purpose')}
            description={t('people.tokens.purposeText')}
            placeholder={t('people.tokens.noPurpose')}
            value={purpose}
            onChange={setPurpose}
            data={purposes.map((it) => ({ value: it, label: t(`web.purposes.${it}`) }))}
            clearable
            clearButtonProps={{ 'aria-label': t('people.tokens.noPurpose') }}
          />
          <TextInput
            name="reference"
            label={t('people.tokens.reference')}
            minLength={3}
            maxLength={200}
            autoComplete="off"
            dir="auto"
          />
          {making.error !== null && <Failed cause={making.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" disabled={scopes.length === 0} loading={making.isPending}>
              {t('people.tokens.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
