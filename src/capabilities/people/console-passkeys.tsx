import { Button, Group, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Confirm } from './console-confirm'

interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly synced: boolean
}

export function Passkeys() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [chosen, setChosen] = useState<Passkey>()
  const [done, setDone] = useState('')
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'passkey', 'passkeys'],
    queryFn: () => ask<{ items: readonly Passkey[] }>('/api/v1/passkeys'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <section aria-labelledby="passkeys">
      <Title order={2} size="h5" id="passkeys">
        {t('people.passkeys.title')}
      </Title>
      {data.items.length === 0 ? (
        <Empty title={t('people.passkeys.none')}>{t('people.passkeys.noneText')}</Empty>
      ) : (
        <Kept passkeys={data.items} onRemove={setChosen} />
      )}
      <Register onDone={(name) => setDone(t('people.passkeys.registered', { name }))} />
      <p role="status">{done}</p>
      {chosen !== undefined && (
        <Confirm
          title={t('people.passkeys.removeTitle', { name: chosen.name })}
          text={t('people.passkeys.removeText')}
          act={t('people.passkeys.remove')}
          run={() => ask(`/api/v1/passkeys/${chosen.id}`, { method: 'DELETE' })}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setDone(t('people.passkeys.removed', { name: chosen.name }))
            setChosen(undefined)
          }}
        />
      )}
    </section>
  )
}

function Kept({ passkeys, onRemove }: { passkeys: readonly Passkey[]; onRemove: (passkey: Passkey) => void }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption className="unseen">{t('people.passkeys.title')}</caption>
      <thead>
        <tr>
          {(['name', 'createdAt', 'lastUsedAt', 'acts'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`people.passkeys.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {passkeys.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              <bdi>{it.name}</bdi>
              <span className="under">{t(it.synced ? 'people.passkeys.synced' : 'people.passkeys.bound')}</span>
            </th>
            <td>
              <Moment at={it.createdAt} />
            </td>
            <td>{it.lastUsedAt === null ? t('people.never') : <Moment at={it.lastUsedAt} />}</td>
            <td>
              <Button size="xs" variant="default" onClick={() => onRemove(it)}>
                {t('people.passkeys.remove')} <span className="unseen">{it.name}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Register({ onDone }: { onDone: (name: string) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const registering = useMutation({
    mutationFn: ({ name }: { name: string; form: HTMLFormElement }) => register(ask, name),
    onSuccess: async (_, { name, form }) => {
      form.reset()
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone(name)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    registering.mutate({ name: String(new FormData(form).get('name')).trim(), form })
  }
  if (!canRegister()) return <p className="under">{t('people.passkeys.unable')}</p>
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="md" mt="sm" mb="sm">
        <TextInput
          name="name"
          label={t('people.passkeys.name')}
          description={t('people.passkeys.nameText')}
          maxLength={80}
          autoComplete="off"
          dir="auto"
          required
        />
        <Button type="submit" variant="default" loading={registering.isPending}>
          {t('people.passkeys.register')}
        </Button>
      </Group>
      {registering.error !== null && <Failed cause={registering.error} />}
    </form>
  )
}

/** Whether this browser and this address can make passkeys. */
function canRegister(): boolean {
  return (
    typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  )
}

/** Has the person's authenticator make a key for the node's challenge. Throws when the person declines. */
async function register(ask: Ask, name: string): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>('/api/v1/passkeys/options', { method: 'POST' })
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null
  if (credential === null) throw new Error('No passkey was made.')
  await ask('/api/v1/passkeys', { method: 'POST', body: { name, response: credential.toJSON() } })
}
