import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MessageHead } from '#capabilities/messages/record'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

interface Opened {
  readonly name: string
  readonly mediaType: string
  readonly content: string
}

/** "1.2 MB", in the language of the page. */
export function inBytes(bytes: number, language: string): string {
  const units = [
    ['megabyte', 1e6],
    ['kilobyte', 1e3],
    ['byte', 1],
  ] as const
  const [unit, length] = units.find(([, least]) => bytes >= least) ?? units[2]
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 })
  return format.format(bytes / length)
}

/** What is attached to a message, with the hashes by which two offices can tell that they have the same. */
export function Attachments({ id, attachments }: { id: string; attachments: MessageHead['attachments'] }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const download = useMutation({
    mutationFn: async (key: string) => save(await ask<Opened>(`/api/v1/messages/${id}/attachments/${key}`)),
  })
  return (
    <>
      <table className="facts">
        <caption>{t('messages.attachments')}</caption>
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
                <bdi className="code" title={sha256}>
                  {sha256.slice(0, 16)}…
                </bdi>
                <span className="unseen">{sha256}</span>
              </td>
              <td>
                <Button
                  size="xs"
                  variant="default"
                  loading={download.isPending && download.variables === key}
                  onClick={() => download.mutate(key)}
                >
                  {t('messages.files.download')}
                  <span className="unseen"> {name}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {download.error !== null && <Failed cause={download.error} />}
    </>
  )
}

/** The API gives the content in base64; as a file it is handed to the person, never shown inside the console. */
function save({ name, content }: Opened): void {
  const bytes = Uint8Array.from(atob(content), (it) => it.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000) // some browsers begin to read it only after the click
}
