import { Button, Group, Select, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Cited } from '../../web/design/cited'
import { Moment, useNow } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import citations from './citations.json'
import { NewToken } from './console-new-token'
import { type Secret, ShownOnce } from './console-secret'

interface Token {
  readonly id: string
  readonly person: { readonly id: string; readonly name: string }
  readonly name: string
  readonly scopes: readonly string[]
  readonly purpose: string | null
  readonly reference: string | null
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
  readonly revokedReason: string | null
}

type State = 'valid' | 'ended'

interface Listing {
  readonly whose: 'mine' | 'all'
  /** Of all when absent. */
  readonly state?: State | undefined
  readonly onState?: (state: State | null) => void
}

interface TokensPage {
  readonly items: readonly Token[]
  readonly next: string | null
}

/** Tokens of programs: one's own, or those of all for the administrator, who sees and revokes them. */
export function Tokens({ whose, state, onState }: Listing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<Secret>()
  const [chosen, setChosen] = useState<Token>()
  const [done, setDone] = useState('')
  return (
    <section aria-labelledby="tokens">
      <Group justify="space-between" align="flex-end">
        <Group gap="sm">
          <Title order={2} size="h5" id="tokens">
            {t('people.tokens.title')}
          </Title>
          <Cited about={t('people.tokens.title')} citation={citations.leastPrivilege}>
            <p>{t('people.tokens.help')}</p>
          </Cited>
        </Group>
        {whose === 'mine' && (
          <Button variant="default" onClick={() => setMaking(true)}>
            {t('people.tokens.make')}
          </Button>
        )}
        {onState !== undefined && (
          <Select
            label={t('people.tokens.state')}
            placeholder={t('people.filter.any')}
            value={state ?? null}
            onChange={(it) => onState(it as State | null)}
            data={(['valid', 'ended'] as const).map((it) => ({ value: it, label: t(`people.tokens.states.${it}`) }))}
            clearable
            clearButtonProps={{ 'aria-label': t('people.filter.clear') }}
          />
        )}
      </Group>
      <p role="status">{done}</p>
      <Made whose={whose} state={state} onRevoke={setChosen} />
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
        <NameAndDo
          title={t('people.tokens.revokeTitle', { name: chosen.name })}
          act={t('people.tokens.revoke')}
          reason={t('people.reason')}
          final
          run={async (reason) => {
            const query = new URLSearchParams({ reason })
            await ask(`/api/v1/tokens/${chosen.id}?${query}`, { method: 'DELETE' })
            setDone(t('people.tokens.revoked', { name: chosen.name }))
          }}
          onClose={() => setChosen(undefined)}
        >
          <p>{t('people.tokens.revokeText')}</p>
        </NameAndDo>
      )}
    </section>
  )
}

function Made({ whose, state, onRevoke }: Omit<Listing, 'onState'> & { onRevoke: (token: Token) => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const pages = usePages({
    queryKey: ['live', 'token', 'tokens', whose, state],
    read: (after) => {
      const query = new URLSearchParams({ whose, limit: '50', ...(state !== undefined && { state }) })
      if (after !== null) query.set('after', after)
      return ask<TokensPage>(`/api/v1/tokens?${query}`)
    },
  })
  const { data, error, isPending, refetch } = pages
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (isPending) return <Slow lines={3} />
  const tokens = data.pages.flatMap((it) => it.items)
  if (tokens.length === 0)
    return (
      <Empty title={t('people.tokens.none')}>
        {t(whose === 'mine' ? 'people.tokens.noneText' : 'people.tokens.noneOfAllText')}
      </Empty>
    )
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('people.tokens.title')}</caption>
        <thead>
          <tr>
            {(['name', 'scopes', 'purpose', 'lastUsedAt', 'expiresAt', 'acts'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`people.tokens.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((it) => (
            <Row key={it.id} token={it} whose={whose} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
      <More of={pages} />
    </>
  )
}

interface Shown extends Pick<Listing, 'whose'> {
  readonly token: Token
  readonly onRevoke: (token: Token) => void
}

function Row({ token, whose, onRevoke }: Shown) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const { person, name, scopes, purpose, reference, lastUsedAt, expiresAt, revokedAt, revokedReason } = token
  const now = useNow().toISOString()
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {(whose === 'all' || person.id !== me.id) && (
          <span className="under">
            <bdi>{person.name}</bdi>
          </span>
        )}
      </th>
      <td>{scopes.map((it) => t(`people.scopes.${it}`)).join(', ')}</td>
      <td>
        {purpose === null ? t('people.tokens.noPurpose') : t(`web.purposes.${purpose}`)}
        {reference !== null && (
          <span className="under">
            <bdi>{reference}</bdi>
          </span>
        )}
      </td>
      <td>{lastUsedAt === null ? t('people.never') : <Moment at={lastUsedAt} />}</td>
      <td>
        <Moment at={expiresAt} />
      </td>
      <td>
        {revokedAt !== null ? (
          <>
            {t('people.tokens.revokedAt')} <Moment at={revokedAt} />
            {revokedReason !== null && (
              <span className="under">
                <bdi>{revokedReason}</bdi>
              </span>
            )}
          </>
        ) : expiresAt <= now ? (
          t('people.tokens.expired')
        ) : (
          <Button size="xs" variant="default" onClick={() => onRevoke(token)}>
            {t('people.tokens.revoke')} <span className="unseen">{name}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}
