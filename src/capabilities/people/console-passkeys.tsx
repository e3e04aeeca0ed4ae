import { Button, Group, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ask } from '../../web/ask'
import { Cited } from '../../web/design/cited'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { newPasskey, passkeysCanBeMade } from '../../web/passkey'
import citations from './citations.json'
import { ShownCodes } from './console-factors'

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
  const [codes, setCodes] = useState<readonly string[]>([])
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'passkey', 'passkeys'],
    queryFn: () => ask<{ items: readonly Passkey[] }>('/api/v1/passkeys'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <section aria-labelledby="passkeys">
      <Group gap="sm">
        <Title order={2} size="h5" id="passkeys">
          {t('people.passkeys.title')}
        </Title>
        <Cited about={t('people.passkeys.title')} citation={citations.passkeys}>
          <p>{t('people.passkeys.help')}</p>
        </Cited>
      </Group>
      {data.items.length === 0 ? (
        <Empty title={t('people.passkeys.none')}>{t('people.passkeys.noneText')}</Empty>
      ) : (
        <Kept passkeys={data.items} onRemove={setChosen} />
      )}
      <Register
        onDone={(name, made) => {
          setDone(t('people.passkeys.registered', { name }))
          setCodes(made)
        }}
      />
      <p role="status">{done}</p>
      {chosen !== undefined && (
        <NameAndDo
          title={t('people.passkeys.removeTitle', { name: chosen.name })}
          act={t('people.passkeys.remove')}
          final
          run={async () => {
            await ask(`/api/v1/passkeys/${chosen.id}`, { method: 'DELETE' })
            setDone(t('people.passkeys.removed', { name: chosen.name }))
          }}
          onClose={() => setChosen(undefined)}
        >
          <p>{t('people.passkeys.removeText')}</p>
        </NameAndDo>
      )}
      <ShownCodes codes={codes} onKept={() => setCodes([])} />
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

function Register({ onDone }: { onDone: (name: string, codes: readonly string[]) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const registering = useMutation({
    mutationFn: ({ name }: { name: string; form: HTMLFormElement }) => register(ask, name),
    gcTime: 0, // the reply may hold recovery codes
    onSuccess: async (codes, { name, form }) => {
      form.reset()
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone(name, codes)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    registering.mutate({ name: String(new FormData(form).get('name')).trim(), form })
  }
  if (!passkeysCanBeMade()) return <p className="under">{t('people.passkeys.unable')}</p>
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
      {registering.error instanceof DOMException ? (
        <p className="attention" role="alert">
          {t('people.passkeys.notMade')}
        </p>
      ) : (
        registering.error !== null && <Failed cause={registering.error} />
      )}
    </form>
  )
}

async function register(ask: Ask, name: string): Promise<readonly string[]> {
  const options = await ask<object>('/api/v1/passkeys/options', { method: 'POST' })
  const body = { name, response: await newPasskey(options) }
  const { recoveryCodes } = await ask<{ recoveryCodes: readonly string[] }>('/api/v1/passkeys', {
    method: 'POST',
    body,
  })
  return recoveryCodes
}
