import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageHead } from '#capabilities/messages/record'
import { numberFormat } from '#kernel/language-formats'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { bytesOf, hashOfBytes } from './attachment-bytes'
import { Preview } from './console-preview'

/** An attachment that came, with what the browser itself found of its hash. */
export interface Opened {
  readonly key: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly checked: 'same' | 'other' | 'unknown'
}

/** "1.2 MB", in the language of the page. */
export function inBytes(bytes: number, language: string): string {
  const units = [
    ['megabyte', 1e6],
    ['kilobyte', 1e3],
    ['byte', 1],
  ] as const
  const [unit, length] = units.find(([, least]) => bytes >= least) ?? units[2]
  const format = numberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / length)
}

/** What can be shown without handing it to anything that could run it: text as text, pictures as points. */
const shown: ReadonlySet<string> = new Set(['text/plain', 'text/csv', 'application/json', 'image/png', 'image/jpeg'])

/** What is attached to a message, with the hashes by which two offices can tell that they have the same. */
export function Attachments({ id, attachments }: { id: string; attachments: MessageHead['attachments'] }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const [found, setFound] = useState<Readonly<Record<string, Opened['checked']>>>({})
  const [preview, setPreview] = useState<Opened>()
  const open = useMutation({
    mutationFn: async ({ key, use }: { key: string; use: (opened: Opened) => void }) => {
      const { name, mediaType, content } = await ask<{ name: string; mediaType: string; content: string }>(
        `/api/v1/messages/${id}/attachments/${key}`,
      )
      const bytes = bytesOf(content)
      const hash = await hashOfBytes(bytes)
      // The hash is that of the signed message, which came before and by another way than the file.
      const checked = hash === undefined ? 'unknown' : hash === attachments[key]?.sha256 ? 'same' : 'other'
      setFound((before) => ({ ...before, [key]: checked }))
      if (checked !== 'other') use({ key, name, mediaType, bytes, checked })
    },
  })
  const isOpening = (key: string) => open.isPending && open.variables.key === key
  return (
    <>
      <table className="facts">
        <caption>
          <Group gap="xs">
            {t('messages.attachments')}
            <Help about="SHA-256" rule={t('messages.help.hashRule')}>
              <p>{t('messages.help.hash')}</p>
            </Help>
          </Group>
        </caption>
        <thead>
          <tr>
            {(['file', 'type', 'size', 'hash', 'get'] as const).map((it) => (
              <th key={it} scope="col">
                {t(`messages.files.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(attachments).map(([key, { name, mediaType, bytes, sha256 }]) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <bdi>{mediaType}</bdi>
              </td>
              <td>
                <bdi>{inBytes(bytes, i18n.language)}</bdi>
              </td>
              <td>
                <bdi className="code hash">{sha256}</bdi>
                <span role="status" className={found[key] === 'same' ? 'under checked' : 'under draft-warns'}>
                  {found[key] !== undefined && t(`messages.files.${found[key]}`)}
                </span>
              </td>
              <td>
                <Group gap="xs" wrap="nowrap">
                  {shown.has(mediaType) && (
                    <Button
                      size="xs"
                      variant="default"
                      loading={isOpening(key)}
                      onClick={() => open.mutate({ key, use: setPreview })}
                    >
                      {t('messages.files.preview')}
                      <span className="unseen"> {name}</span>
                    </Button>
                  )}
                  <Button
                    size="xs"
                    variant="default"
                    loading={isOpening(key)}
                    onClick={() => open.mutate({ key, use: save })}
                  >
                    {t('messages.files.download')}
                    <span className="unseen"> {name}</span>
                  </Button>
                </Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open.error !== null && <Failed cause={open.error} />}
      {preview !== undefined && <Preview opened={preview} onClose={() => setPreview(undefined)} onSave={save} />}
    </>
  )
}

/** As bytes of no type it is handed to the person, never opened inside the console. */
function save({ name, bytes }: Opened): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000) // some browsers begin to read it only after the click
}
