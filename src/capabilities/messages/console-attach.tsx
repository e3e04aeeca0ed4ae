import { Button, FileInput, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOfBytes } from './attachment-bytes'
import { inBytes } from './console-attachments'

/** What the node takes (`mediaTypes` and the limit in `record.ts`); it checks again what each file really is. */
const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
}
const limitBytes = 3_145_728
const limit = 16

const extensionOf = (name: string) => name.split('.').at(-1)?.toLowerCase() ?? ''

export const tooMuch = (files: readonly File[]) => bytesOf(files) > limitBytes || files.length > limit

const bytesOf = (files: readonly File[]) => files.reduce((sum, it) => sum + it.size, 0)

/** Files as the API takes them, under keys that say nothing of them, with the hash that the person was shown. */
export async function attachmentsOf(files: readonly File[]) {
  const entries = files.map(async (file, at) => {
    const mediaType = types[extensionOf(file.name)] ?? file.type // by its name: browsers disagree about CSV
    const [content, sha256] = await Promise.all([base64Of(file), hashOf(file)])
    const hashed = sha256 === undefined ? {} : { sha256 }
    return [`a${at + 1}`, { name: file.name, mediaType, content, ...hashed }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

const hashOf = async (file: File) => hashOfBytes(new Uint8Array(await file.arrayBuffer()))

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}

export function Attach({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const { t, i18n } = useTranslation()
  const [size, most] = [bytesOf(files), limitBytes].map((it) => inBytes(it, i18n.language))
  return (
    <Stack gap="xs">
      <FileInput
        label={t('messages.attachments')}
        description={t('messages.write.attachText', { most, limit })}
        multiple
        clearable
        accept={Object.keys(types)
          .map((it) => `.${it}`)
          .join(',')}
        value={files}
        onChange={(added) => onChange(added)}
        clearButtonProps={{ 'aria-label': t('messages.write.detach') }}
        error={tooMuch(files) ? t('messages.write.tooMuch', { size }) : undefined}
      />
      {files.length > 0 && (
        <ul className="chosen-files" aria-label={t('messages.attachments')}>
          {files.map((file) => (
            <Chosen key={keyOf(file)} file={file} onRemove={() => onChange(files.filter((it) => it !== file))} />
          ))}
        </ul>
      )}
      {files.length > 0 && <p className="under">{t('messages.write.notKept')}</p>}
    </Stack>
  )
}

const keyOf = ({ name, size, lastModified }: File) => `${name}/${size}/${lastModified}`

/** A file with the hash by which its recipients can tell that they have the same. */
function Chosen({ file, onRemove }: { file: File; onRemove: () => void }) {
  const { t, i18n } = useTranslation()
  const [hash, setHash] = useState<string>()
  useEffect(() => {
    if (file.size <= limitBytes) void hashOf(file).then(setHash)
  }, [file])
  return (
    <li>
      <bdi>{file.name}</bdi> <bdi>{inBytes(file.size, i18n.language)}</bdi>
      {hash !== undefined && (
        <bdi className="code hash" title="SHA-256">
          {hash}
        </bdi>
      )}
      <Button size="compact-xs" variant="default" onClick={onRemove}>
        {t('messages.write.detachOne')}
        <span className="unseen"> {file.name}</span>
      </Button>
    </li>
  )
}
