import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareDirectories, type DirectoryChange } from '#capabilities/members/directory-changes'
import type { Directory } from '#protocol/directory'
import { Moment } from '../../web/design/clock'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Fingerprint } from './console-keys'
import { Lines } from './console-lines'
import type { ShownProposal } from './console-shapes'
import { Signing } from './console-sign'
import './members.css'

export interface Shown extends ShownProposal {
  readonly lines: readonly DirectoryChange[]
  readonly signing: {
    readonly text: string
    readonly current: Directory
    readonly signatures: readonly string[]
  } | null
}

/** One proposed directory: exactly what it changes, who has signed, who is still needed, and what can be done now. */
export function Page() {
  const { hash } = useParams({ strict: false }) as { hash: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['directory', hash], 'proposal', hash],
    queryFn: () => ask<Shown>(`/api/v1/directory/proposals/${hash}`),
  })
  if (error !== null && data === undefined) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Proposal proposal={data} />
}

/** Computed here from the text that is signed, where one may read it: not what the node says of it. */
function linesOf({ lines, signing, state }: Shown): readonly DirectoryChange[] {
  if (signing === null || state !== 'open') return lines
  return compareDirectories(signing.current, JSON.parse(signing.text) as Directory)
}

function Proposal({ proposal }: { proposal: Shown }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<'adopt' | 'withdraw'>()
  const { hash, version, state, reason, by, at, withdrawn, keys, threshold, signing } = proposal
  const signed = keys.filter((it) => it.signed !== null).length
  const administers = roles.includes('administrator') && state === 'open'
  const path = `/api/v1/directory/proposals/${hash}`
  const name = t('members.proposals.of', { version })
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h3">
          {name}
        </Title>
        {administers && (
          <Group gap="sm" className="acts">
            <Button disabled={signed < threshold} onClick={() => setAct('adopt')}>
              {t('members.directory.adopt')}
            </Button>
            <Button variant="default" onClick={() => setAct('withdraw')}>
              {t('members.proposals.withdraw')}
            </Button>
          </Group>
        )}
      </Group>
      <p className="under">
        <Link to={'/directory' as '/today'}>{t('members.proposals.title')}</Link> · <Moment at={at} /> ·{' '}
        <bdi>{by.name ?? by.id}</bdi> · {t(`members.proposals.states.${state}`)} · <Fingerprint kid={hash} />
      </p>
      <p>
        <bdi>{reason}</bdi>
      </p>
      {withdrawn !== null && (
        <p className="attention">
          {t('members.proposals.withdrawnFor')} <bdi>{withdrawn.reason}</bdi>
        </p>
      )}
      <Signers keys={keys} threshold={threshold} />
      {administers && signing !== null && <Signing proposal={proposal} signing={signing} />}
      {state === 'open' && <Lines lines={linesOf(proposal)} />}
      {act === 'adopt' && (
        <NameAndDo
          title={t('members.proposals.adoptTitle', { version })}
          act={t('members.directory.adopt')}
          final
          run={() => ask(`${path}/adopt`, { method: 'POST', body: {} })}
          onClose={() => setAct(undefined)}
        >
          <p>{t('members.proposals.adoptText')}</p>
        </NameAndDo>
      )}
      {act === 'withdraw' && (
        <NameAndDo
          title={t('members.proposals.withdrawTitle', { version })}
          act={t('members.proposals.withdraw')}
          reason={t('members.proposals.reason')}
          run={(why) => ask(`${path}/withdraw`, { method: 'POST', body: { reason: why } })}
          onClose={() => setAct(undefined)}
        />
      )}
    </>
  )
}

function Signers({ keys, threshold }: Pick<Shown, 'keys' | 'threshold'>) {
  const { t } = useTranslation()
  const signed = keys.filter((it) => it.signed !== null).length
  return (
    <table className="facts">
      <caption>{t('members.proposals.signers')}</caption>
      <tbody>
        {keys.map(({ kid, signed: it }) => (
          <tr key={kid}>
            <th scope="row">
              <Fingerprint kid={kid} />
            </th>
            <td>
              {it === null ? (
                t('members.directory.hasNotSigned')
              ) : (
                <>
                  {t('members.directory.hasSigned')} · <Moment at={it.at} />{' '}
                  <span className="under">
                    {t('members.proposals.broughtBy')} <bdi>{it.by.name ?? it.by.id}</bdi>
                  </span>
                </>
              )}
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('members.proposals.needed')}</th>
          <td role="status">
            {signed >= threshold
              ? t('members.proposals.enough', { signed, threshold })
              : t('members.proposals.missing', { signed, threshold })}
          </td>
        </tr>
      </tbody>
    </table>
  )
}
