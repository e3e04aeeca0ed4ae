import { FileInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
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

/** Files as the API takes them, under keys that say nothing of them. */
export async function attachmentsOf(files: readonly File[]) {
  const entries = files.map(async (file, at) => {
    const mediaType = types[extensionOf(file.name)] ?? file.type // by its name: browsers disagree about CSV
    return [`a${at + 1}`, { name: file.name, mediaType, content: await base64Of(file) }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

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
    <FileInput
      label={t('messages.attachments')}
      description={t('messages.write.attachText', { most, limit })}
      multiple
      clearable
      accept={Object.keys(types)
        .map((it) => `.${it}`)
        .join(',')}
      value={files}
      onChange={onChange}
      clearButtonProps={{ 'aria-label': t('messages.write.detach') }}
      error={tooMuch(files) ? t('messages.write.tooMuch', { size }) : undefined}
    />
  )
}
