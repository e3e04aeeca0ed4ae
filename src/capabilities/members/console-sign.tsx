import { Button, FileInput, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { Fingerprint } from './console-keys'
import { hashOfText, type KeeperKey, openKeeperKeys } from './directory-key'
import type { Shown } from './proposal-page'

interface Signed {
  readonly proposal: Shown
  readonly signing: NonNullable<Shown['signing']>
}

/** The two ways to sign: here, with a key that never leaves the browser, or on a machine of the keeper's own with the command line. */
export function Signing({ proposal, signing }: Signed) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('members.sign.title')} className="acts">
      <Group gap="sm" align="center">
        <h2 className="rotation">{t('members.sign.title')}</h2>
        <Help about={t('members.sign.title')} rule={t('members.rules.point1')}>
          <p>{t('members.sign.help')}</p>
        </Help>
      </Group>
      <div className="sides">
        <Here proposal={proposal} signing={signing} />
        <Elsewhere proposal={proposal} signing={signing} />
      </div>
    </section>
  )
}

function Here({ proposal, signing }: Signed) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [keys, setKeys] = useState<readonly KeeperKey[]>([])
  const [unreadable, setUnreadable] = useState(false)
  const sign = useMutation({
    mutationFn: async (key: KeeperKey) => {
      if ((await hashOfText(signing.text)) !== proposal.hash) throw new Error(t('members.sign.otherText'))
      const signature = await key.sign(signing.text)
      await ask(`/api/v1/directory/proposals/${proposal.hash}/signatures`, { method: 'POST', body: { signature } })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const choose = async (chosen: File | null) => {
    setFile(chosen)
    setKeys([])
    setUnreadable(false)
    if (chosen === null) return
    try {
      setKeys(await openKeeperKeys(await chosen.text()))
    } catch {
      setUnreadable(true) // what a key file holds is not repeated in a message
    }
  }
  const pinned = new Map(proposal.keys.map((it) => [it.kid, it]))
  return (
    <Stack gap="sm">
      <Text>{t('members.sign.hereText')}</Text>
      <FileInput
        label={t('members.sign.keyFile')}
        placeholder={t('members.propose.choose')}
        value={file}
        onChange={(it) => void choose(it)}
        error={unreadable && t('members.sign.noKey')}
        clearable
        clearButtonProps={{ 'aria-label': t('members.sign.putAway') }}
      />
      {keys.map((key) => {
        const known = pinned.get(key.kid)
        return (
          <Group key={key.kid} gap="sm">
            <Fingerprint kid={key.kid} />
            {known === undefined && <span className="attention">{t('members.sign.foreign')}</span>}
            {known?.signed && <span>{t('members.directory.hasSigned')}</span>}
            {known?.signed === null && (
              <Button size="xs" loading={sign.isPending} onClick={() => sign.mutate(key)}>
                {t('members.sign.act', { version: proposal.version })} <span className="unseen">{key.kid}</span>
              </Button>
            )}
          </Group>
        )
      })}
      {sign.error !== null && <Failed cause={sign.error} />}
    </Stack>
  )
}

function Elsewhere({ proposal, signing }: Signed) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const name = `directory-${proposal.version}.json`
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const body = { signed: JSON.parse(await file.text()), reason: proposal.reason }
      const { hash } = await ask<{ hash: string }>('/api/v1/directory/proposals/files', { method: 'POST', body })
      if (hash !== proposal.hash) throw new Error(t('members.sign.otherProposal'))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const download = () => {
    const signed = { document: JSON.parse(signing.text), signatures: signing.signatures }
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(signed, null, 2)}\n`], { type: 'application/json' }))
    Object.assign(document.createElement('a'), { href: url, download: name }).click()
    URL.revokeObjectURL(url)
  }
  return (
    <Stack gap="sm" align="flex-start">
      <Text>{t('members.sign.elsewhereText')}</Text>
      <Button variant="default" size="xs" onClick={download}>
        {t('members.sign.download')}
      </Button>
      <bdi className="code hash" dir="ltr">
        comity directory sign {name} --key directory-key.json
      </bdi>
      <FileInput
        label={t('members.sign.bring')}
        placeholder={t('members.propose.choose')}
        accept="application/json,.json"
        value={null}
        onChange={(file) => file !== null && bring.mutate(file)}
      />
      {bring.error !== null && <Failed cause={bring.error} />}
    </Stack>
  )
}
