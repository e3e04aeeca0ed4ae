import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import type { Role } from '../../web/part'

const roleNames = ['officer', 'supervisor', 'legal', 'auditor', 'administrator'] as const

export interface PersonInput {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
}

interface Writing<Reply> {
  readonly title: string
  readonly act: string
  /** Whom it changes; absent for somebody new. */
  readonly person?: PersonInput
  readonly write: (input: PersonInput) => Promise<Reply>
  readonly onClose: () => void
  readonly onDone: (reply: Reply) => void
}

/** Name and roles of a person. Which roles go together is the node's rule; it is told here and enforced there. */
export function PersonForm<Reply>({ title, act, person, write, onClose, onDone }: Writing<Reply>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [roles, setRoles] = useState<readonly string[]>(person?.roles ?? [])
  const writing = useMutation({
    mutationFn: write,
    gcTime: 0, // the reply may hold a secret
    onSuccess: async (reply) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone(reply)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const chosen = roleNames.filter((it) => roles.includes(it))
    writing.mutate({ username: person?.username ?? text('username').toLowerCase(), name: text('name'), roles: chosen })
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('people.cancel') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {person === undefined && (
            <TextInput
              name="username"
              label={t('people.username')}
              description={t('people.usernameText')}
              minLength={2}
              maxLength={63}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              dir="ltr"
              required
              data-autofocus
            />
          )}
          <TextInput
            name="name"
            label={t('people.name')}
            defaultValue={person?.name ?? ''}
            maxLength={120}
            autoComplete="off"
            dir="auto"
            required
          />
          <Checkbox.Group
            label={t('people.roles')}
            description={t('people.rolesText')}
            value={[...roles]}
            onChange={setRoles}
          >
            <Stack gap="xs" mt="xs">
              {roleNames.map((it) => (
                <Checkbox key={it} value={it} label={t(`web.roles.${it}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          {writing.error !== null && <Failed cause={writing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" disabled={roles.length === 0} loading={writing.isPending}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
