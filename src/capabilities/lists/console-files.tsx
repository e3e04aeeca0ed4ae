import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Files } from './console-import'
import type { PublishedList } from './console-shapes'
import { isNeeded, missingPart } from './parts'

/** Asks for the files of a list as they were published, one for each part. */
export function ChooseFiles({
  list,
  onClose,
  onBegin,
}: {
  list: PublishedList
  onClose: () => void
  onBegin: (files: Files) => void
}) {
  const { t, i18n } = useTranslation()
  const [files, setFiles] = useState<Files>({})
  const missing = missingPart(list.parts, (part) => files[part] !== undefined)
  const [main] = list.parts
  const choose = (part: string, file: File | null) => {
    const { [part]: _, ...others } = files
    setFiles(file === null ? others : { ...others, [part]: file })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onBegin(files)
  }
  return (
    <Modal opened onClose={onClose} title={t('lists.import.title', { list: list.title })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('lists.import.text')}</Text>
          {list.parts.map((part) => (
            <FileInput
              key={part}
              label={i18n.exists(`lists.parts.${part}`) ? t(`lists.parts.${part}`) : part}
              placeholder={t('lists.import.choose')}
              value={files[part] ?? null}
              onChange={(it) => choose(part, it)}
              withAsterisk={isNeeded(list.parts, part)}
              clearable
              clearButtonProps={{ 'aria-label': t('lists.import.clear') }}
            />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('lists.cancel')}
            </Button>
            <Button type="submit" disabled={main === undefined || missing !== null}>
              {t('lists.import.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
