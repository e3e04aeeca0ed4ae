import { Button, FileInput, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { NameAndDo } from '../../web/design/name-and-do'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { InForce } from './console-directory'
import type { ShownProposal } from './console-shapes'
import './members.css'

/** The directory in force, and the changes that wait for the signatures of its keepers. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const [handingIn, setHandingIn] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['directory', 'directory-proposal'], 'proposals'],
    queryFn: () => ask<{ items: readonly ShownProposal[] }>('/api/v1/directory/proposals'),
  })
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={1} size="h3">
            {t('members.proposals.title')}
          </Title>
          <Help about={t('members.proposals.title')} rule={t('members.rules.point1')}>
            <p>{t('members.proposals.help')}</p>
          </Help>
        </Group>
        {roles.includes('administrator') && (
          <Group gap="sm" className="acts">
            <Button renderRoot={(props) => <Link to={'/directory/propose' as '/today'} {...props} />}>
              {t('members.proposals.new')}
            </Button>
            <Button variant="default" onClick={() => setHandingIn(true)}>
              {t('members.proposals.file')}
            </Button>
          </Group>
        )}
      </Group>
      <InForce />
      {error !== null && data === undefined && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data?.items.length === 0 && <Empty title={t('members.proposals.none')}>{t('members.proposals.noneText')}</Empty>}
      {data !== undefined && data.items.length > 0 && <Proposals items={data.items} />}
      {handingIn && <HandIn onClose={() => setHandingIn(false)} />}
    </>
  )
}

function Proposals({ items }: { items: readonly ShownProposal[] }) {
  const { t } = useTranslation()
  return (
    <table className="queue">
      <caption>{t('members.proposals.list')}</caption>
      <thead>
        <tr>
          {(['version', 'reason', 'state', 'signatures', 'when'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`members.proposals.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ hash, version, reason, state, keys, threshold, by, at }) => (
          <tr key={hash}>
            <th scope="row">
              <Link to={`/directory/proposals/${hash}` as '/today'}>
                {t('members.directory.version')} <bdi>{version}</bdi>
              </Link>
            </th>
            <td>
              <bdi>{reason}</bdi>
            </td>
            <td>
              <span className={state === 'open' ? 'attention' : undefined}>
                {t(`members.proposals.states.${state}`)}
              </span>
            </td>
            <td>
              {t('members.proposals.signedOf', { signed: keys.filter((it) => it.signed !== null).length, threshold })}
            </td>
            <td>
              <Moment at={at} />
              <span className="under">
                <bdi>{by.name ?? by.id}</bdi>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A directory as a file: proposed elsewhere, or signed elsewhere and coming back. */
function HandIn({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  return (
    <NameAndDo
      title={t('members.proposals.file')}
      act={t('members.proposals.handIn')}
      reason={t('members.proposals.reason')}
      onClose={onClose}
      run={async (reason) => {
        if (file === null) throw new Error(t('members.proposals.noFile'))
        const signed = parsed(await file.text(), t('members.proposals.noJson'))
        const body = { signed, reason }
        const { hash } = await ask<{ hash: string }>('/api/v1/directory/proposals/files', { method: 'POST', body })
        await navigate({ to: `/directory/proposals/${hash}` as '/today' })
      }}
    >
      <Stack gap="md">
        <Text>{t('members.proposals.fileText')}</Text>
        <FileInput
          label={t('members.proposals.chooseFile')}
          placeholder={t('members.propose.choose')}
          accept="application/json,.json"
          value={file}
          onChange={setFile}
          required
        />
      </Stack>
    </NameAndDo>
  )
}

function parsed(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(otherwise, { cause })
  }
}
