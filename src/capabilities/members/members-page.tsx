import { Group, Select, TextInput, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Failed, Slow } from '../../web/design/states'
import { Contact } from './console-contact'
import { InForce, useDirectory } from './console-directory'
import { KeyState } from './console-keys'
import type { ShownDirectory, ShownMember } from './console-shapes'
import { Country } from './country'
import './members.css'

const kinds = ['state', 'organisation', 'financial', 'technology', 'secretariat'] as const
const standings = ['suspended', 'keys'] as const

interface Filter {
  readonly q?: string
  readonly kind?: string
  readonly with?: string
}

/** Whom this node works with and how to reach them, as the signed directory says. What is looked for stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const { data, error, refetch } = useDirectory()
  return (
    <>
      <Title order={1} size="h3">
        {t('members.title')}
      </Title>
      <InForce />
      <FilterForm />
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data !== undefined && <Members directory={data} />}
    </>
  )
}

function useFilter(): Filter {
  const given = useSearch({ strict: false }) as Record<string, unknown>
  return Object.fromEntries(
    ['q', 'kind', 'with'].flatMap((it) => (given[it] === undefined ? [] : [[it, String(given[it])]])),
  )
}

function FilterForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const filter = useFilter()
  const [q, setQ] = useState(filter.q ?? '')
  useEffect(() => setQ(filter.q ?? ''), [filter.q]) // back and forward change the address under a form that stays
  const search = (change: { readonly [name in keyof Filter]: string | null }) => {
    const next = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== null && value !== '')
    void navigate({ to: '/members' as '/today', search: Object.fromEntries(next) as never, replace: true })
  }
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('members.filter.clear') } }
  return (
    <search className="acts">
      <Group align="flex-end" gap="md">
        <TextInput
          name="q"
          label={t('members.filter.q')}
          value={q}
          onChange={(event) => {
            setQ(event.currentTarget.value)
            search({ q: event.currentTarget.value.trim() })
          }}
          maxLength={200}
        />
        <Select
          label={t('members.kind')}
          placeholder={t('members.filter.any')}
          value={kinds.find((it) => it === filter.kind) ?? null}
          onChange={(it) => search({ kind: it })}
          data={kinds.map((it) => ({ value: it, label: t(`members.kinds.${it}`) }))}
          {...clear}
        />
        <Select
          label={t('members.filter.with')}
          placeholder={t('members.filter.any')}
          value={standings.find((it) => it === filter.with) ?? null}
          onChange={(it) => search({ with: it })}
          data={standings.map((it) => ({ value: it, label: t(`members.filter.standings.${it}`) }))}
          {...clear}
        />
      </Group>
    </search>
  )
}

/** Keys that will not do for long: the last one for a use ends soon, or is over. */
const wantsKeys = ({ keys }: ShownMember) =>
  (['sign', 'seal'] as const).some((use) => !keys.some((it) => it.use === use && it.state === 'valid'))

function fits(member: ShownMember, filter: Filter, groupName: (id: string) => string): boolean {
  const { id, name, country, mandates, contact, endpoint, roles, groups } = member
  const texts = [id, name, country ?? '', ...mandates, ...Object.values(contact), endpoint, ...roles]
  const text = [...texts, ...groups.map(groupName)].join('\n').toLowerCase()
  return (
    (filter.q === undefined || text.includes(filter.q.toLowerCase())) &&
    (filter.kind === undefined || member.kind === filter.kind) &&
    (filter.with !== 'suspended' || member.suspended) &&
    (filter.with !== 'keys' || wantsKeys(member))
  )
}

function Members({ directory: { items, groups } }: { directory: ShownDirectory }) {
  const { t } = useTranslation()
  const filter = useFilter()
  const groupName = (id: string) => groups.find((one) => one.id === id)?.name ?? id
  const shown = items.filter((it) => fits(it, filter, groupName))
  return (
    <>
      <p className="under" role="status">
        {t('members.shown', { shown: shown.length, all: items.length })}
      </p>
      {shown.length === 0 ? (
        <Empty title={t('members.none')}>{t('members.noneText')}</Empty>
      ) : (
        <table className="queue tops">
          <caption className="unseen">{t('members.title')}</caption>
          <thead>
            <tr>
              {(['name', 'kind', 'mandates', 'contact', 'keysUntil', 'groups'] as const).map((it) => (
                <th key={it} scope="col">
                  {t(`members.${it}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((it) => (
              <Row key={it.id} member={it} groupName={groupName} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Row({ member, groupName }: { member: ShownMember; groupName: (id: string) => string }) {
  const { t } = useTranslation()
  const { id, name, kind, country, mandates, contact, suspended, self, groups, keys } = member
  return (
    <tr>
      <th scope="row">
        <Link to={`/members/${id}` as '/today'}>
          <bdi>{name}</bdi>
        </Link>
        {self && <span className="tag">{t('members.self')}</span>}
        {suspended && <span className="warns">{t('members.suspended')}</span>}
        <span className="under">
          <bdi className="code">{id}</bdi>
        </span>
      </th>
      <td>
        {t(`members.kinds.${kind}`)}
        {country !== null && (
          <span className="under">
            <Country code={country} />
          </span>
        )}
      </td>
      <td>
        {mandates.map((it) => (
          <span key={it} className="under">
            <bdi>{it}</bdi>
          </span>
        ))}
      </td>
      <td>
        <Contact contact={contact} />
      </td>
      <td>
        {(['sign', 'seal'] as const).map((use) => {
          const best = keys.filter((it) => it.use === use).sort((a, b) => (a.notAfter < b.notAfter ? 1 : -1))[0]
          return (
            <span key={use} className="under">
              {t(`members.keys.uses.${use}`)}:{' '}
              {best === undefined ? t('members.keys.noneOf') : <KeyState state={best.state} />}{' '}
              {best !== undefined && <bdi>{best.notAfter.slice(0, 10)}</bdi>}
            </span>
          )
        })}
      </td>
      <td>
        {groups.map((it) => (
          <span key={it} className="under">
            <bdi>{groupName(it)}</bdi>
          </span>
        ))}
      </td>
    </tr>
  )
}
