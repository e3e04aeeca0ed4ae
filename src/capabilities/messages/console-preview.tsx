import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { imageSizeOf, isShowable } from './attachment-bytes'
import type { Opened } from './console-attachments'

const charactersShown = 100_000

interface Showing {
  readonly opened: Opened
  readonly onClose: () => void
  readonly onSave: (opened: Opened) => void
}

/**
 * Shows an attachment without opening it: text is put on the page as text, a picture is decoded to points and drawn. Neither
 * has an address, so the policy of the page stays as strict as it is (no `blob:` in `img-src`, no frame), and nothing that is
 * hidden in a file can run, load or link.
 */
export function Preview({ opened, onClose, onSave }: Showing) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} size="xl" title={<bdi>{opened.name}</bdi>}>
      <Stack gap="md">
        {opened.mediaType.startsWith('image/') ? <Picture opened={opened} /> : <Words opened={opened} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onSave(opened)}>
            {t('messages.files.download')}
          </Button>
          <Button onClick={onClose}>{t('messages.files.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Words({ opened: { name, bytes } }: { opened: Opened }) {
  const { t } = useTranslation()
  const text = new TextDecoder().decode(bytes)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard too */}
      <section className="preview" tabIndex={0} aria-label={name}>
        <pre dir="auto">{text.slice(0, charactersShown)}</pre>
      </section>
      {text.length > charactersShown && <Text size="xs">{t('messages.files.cut')}</Text>}
    </>
  )
}

function Picture({ opened: { name, mediaType, bytes } }: { opened: Opened }) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  const size = imageSizeOf(mediaType, bytes)
  const showable = size !== undefined && isShowable(size)
  useEffect(() => {
    if (!showable) return
    let gone = false
    createImageBitmap(new Blob([bytes], { type: mediaType })).then(
      (bitmap) => {
        const place = canvas.current
        if (place !== null && !gone) {
          place.width = bitmap.width
          place.height = bitmap.height
          place.getContext('2d')?.drawImage(bitmap, 0, 0)
        }
        bitmap.close()
      },
      () => setFailed(true), // it looked like a picture and is none
    )
    return () => {
      gone = true
    }
  }, [bytes, mediaType, showable])
  if (!showable || failed) return <Text role="status">{t('messages.files.notShown')}</Text>
  return (
    <div className="preview">
      <canvas ref={canvas} role="img" aria-label={name} />
    </div>
  )
}
