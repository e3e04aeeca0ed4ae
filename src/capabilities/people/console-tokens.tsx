import { Button, Group, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Confirm } from './console-confirm'
import { NewToken } from './console-new-token'
import { type Secret, ShownOnce } from './console-secret'

interface Token {
  readonly id: string
  readonly person: { readonly id: string; readonly name: string }
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

interface TokensPage {
  readonly items: readonly Token[]
  readonly next: string | null
}

/** Tokens of one's programs; the administrator sees and revokes those of all. */
export function Tokens() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<Secret>()
  const [chosen, setChosen] = useState<Token>()
  const [done, setDone] = useState('')
  return (
    <section aria-labelledby="tokens">
      <Group justify="space-between">
        <Title order={2} size="h5" id="tokens">
          {t('people.tokens.title')}
        </Title>
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('people.tokens.make')}
        </Button>
      </Group>
      <p role="status">{done}</p>
      <Made onRevoke={setChosen} />
      {making && (
        <NewToken
          onClose={() => setMaking(false)}
          onDone={(it) => {
            setMaking(false)
            setSecret(it)
          }}
        />
      )}
      {secret !== undefined && (
        <ShownOnce secret={secret} text={t('people.secret.token')} onClose={() => setSecret(undefined)} />
      )}
      {chosen !== undefined && (
        <Confirm
          title={t('people.tokens.revokeTitle', { name: chosen.name })}
          text={t('people.tokens.revokeText')}
          act={t('people.tokens.revoke')}
          run={() => ask(`/api/v1/tokens/${chosen.id}`, { method: 'DELETE' })}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setDone(t('people.tokens.revoked', { name: chosen.name }))
            setChosen(undefined)
          }}
        />
      )}
    </section>
  )
}

function Made({ onRevoke }: { onRevoke: (token: Token) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['live', 'token', 'tokens'],
    queryFn: ({ pageParam }) =>
      ask<TokensPage>(`/api/v1/tokens?limit=50${pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow lines={3} />
  const tokens = data.pages.flatMap((it) => it.items)
  if (tokens.length === 0) return <Empty title={t('people.tokens.none')}>{t('people.tokens.noneText')}</Empty>
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('people.tokens.title')}</caption>
        <thead>
          <tr>
            {(['name', 'scopes', 'lastUsedAt', 'expiresAt', 'acts'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`people.tokens.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((it) => (
            <Row key={it.id} token={it} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('people.more')}
        </Button>
      )}
    </>
  )
}

function Row({ token, onRevoke }: { token: Token; onRevoke: (token: Token) => void }) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const { person, name, scopes, lastUsedAt, expiresAt, revokedAt } = token
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {person.id !== me.id && <bdi className="under">{person.name}</bdi>}
      </th>
      <td>{scopes.map((it) => t(`people.scopes.${it}`)).join(', ')}</td>
      <td>{lastUsedAt === null ? t('people.never') : <Moment at={lastUsedAt} />}</td>
      <td>
        <Moment at={expiresAt} />
      </td>
      <td>
        {revokedAt === null ? (
          <Button size="xs" variant="default" onClick={() => onRevoke(token)}>
            {t('people.tokens.revoke')} <span className="unseen">{name}</span>
          </Button>
        ) : (
          <>
            {t('people.tokens.revokedAt')} <Moment at={revokedAt} />
          </>
        )}
      </td>
    </tr>
  )
}
