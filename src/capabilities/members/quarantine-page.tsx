import { Button, Group, Select, TextInput, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName, useMembers } from '../../web/design/member-name'
import { More, usePages } from '../../web/design/pages'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Evidence } from './console-evidence'

interface Item {
  readonly id: string
  readonly sender: string
  readonly code: string
  readonly reason: string
  readonly at: string
  readonly evidenceBytes: number
}

interface ItemsPage {
  readonly items: readonly Item[]
  readonly next: string | null
  readonly notKept: readonly { readonly day: string; readonly code: string; readonly count: number }[]
}

/** What peers sent and this node refused, newest first, with the reason. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const filter = useFilter()
  const pages = usePages({
    queryKey: ['live', 'quarantine', 'list', filter],
    read: (after) => {
      const query = { limit: '50', ...filter, ...(after === null ? {} : { after }) }
      return ask<ItemsPage>(`/api/v1/quarantine?${new URLSearchParams(query)}`)
    },
  })
  const { data, error, isPending, refetch } = pages
  const items = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h3">
          {t('members.quarantine.title')}
        </Title>
        <Help about={t('members.quarantine.title')} rule={t('members.rules.point13')}>
          <p>{t('members.quarantine.help')}</p>
        </Help>
      </Group>
      <FilterForm />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {isPending && <Slow />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t('members.quarantine.none')}>{t('members.quarantine.empty')}</Empty>
      )}
      {items.length > 0 && <Items items={items} />}
      <More of={pages} />
      {data?.pages[0] !== undefined && <NotKept days={data.pages[0].notKept} />}
    </>
  )
}

interface Filter {
  readonly sender?: string
  readonly code?: string
}

function useFilter(): Filter {
  const { sender, code } = useSearch({ strict: false }) as Record<string, unknown>
  return {
    ...(sender !== undefined && sender !== '' && { sender: String(sender).slice(0, 32) }),
    ...(code !== undefined && code !== '' && { code: String(code).slice(0, 80) }),
  }
}

function FilterForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const members = useMembers()
  const filter = useFilter()
  const [code, setCode] = useState(filter.code ?? '')
  useEffect(() => setCode(filter.code ?? ''), [filter.code]) // back and forward change the address under a form that stays
  const search = (change: { readonly [name in keyof Filter]: string | null }) => {
    const next = Object.entries({ ...filter, code: code.trim(), ...change }).filter(
      ([, it]) => it !== null && it !== '',
    )
    void navigate({ to: '/quarantine' as '/today', search: Object.fromEntries(next) as never })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    search({})
  }
  return (
    <search className="acts">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="md">
          <Select
            label={t('members.quarantine.sender')}
            placeholder={t('members.filter.any')}
            value={filter.sender ?? null}
            onChange={(it) => search({ sender: it })}
            data={members.map((it) => ({ value: it.id, label: it.name }))}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('members.filter.clear') }}
          />
          <TextInput
            name="code"
            label={t('members.quarantine.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            maxLength={80}
            dir="ltr"
            spellCheck={false}
          />
          <Button type="submit">{t('members.filter.search')}</Button>
        </Group>
      </form>
    </search>
  )
}

function Items({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [chosen, setChosen] = useState<string>()
  return (
    <>
      <table className="queue">
        <caption className="unseen">{t('members.quarantine.title')}</caption>
        <thead>
          <tr>
            {(['at', 'sender', 'reason', 'evidence'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`members.quarantine.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <tr key={it.id}>
              <td>
                <Moment at={it.at} />
              </td>
              <th scope="row">
                <MemberName id={it.sender} />
              </th>
              <td>
                <bdi>{it.reason}</bdi>
                <span className="under">
                  <bdi className="code">{it.code}</bdi>
                </span>
                {it.code === 'envelope/fork' && (
                  <Link to={`/members/${it.sender}` as '/today'}>{t('members.quarantine.toReinstate')}</Link>
                )}
              </td>
              <td>
                {t('members.quarantine.bytes', { bytes: it.evidenceBytes })}{' '}
                {roles.includes('auditor') && (
                  <Button size="xs" variant="default" onClick={() => setChosen(it.id)}>
                    {t('members.quarantine.look')} <span className="unseen">{it.id}</span>
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen !== undefined && <Evidence id={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

/** Senders that no signature proves could fill the disk; beyond a number a day they are only counted. */
function NotKept({ days }: { days: ItemsPage['notKept'] }) {
  const { t } = useTranslation()
  if (days.length === 0) return null
  return (
    <table className="facts">
      <caption>{t('members.quarantine.notKept')}</caption>
      <thead>
        <tr>
          {(['day', 'code', 'count'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`members.quarantine.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((it) => (
          <tr key={`${it.day} ${it.code}`}>
            <th scope="row">
              <bdi>{it.day}</bdi>
            </th>
            <td>
              <bdi className="code">{it.code}</bdi>
            </td>
            <td>
              <bdi>{it.count}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
