import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import type { ShownSubject } from './record-page'

interface Made {
  readonly name: string
  readonly mediaType: string
  readonly content: string
}

/** The record as a document, made at the node. Taking it out of the console is an export: it asks for a purpose, and is audited. */
export function SavePdf({ record }: { record: Pick<ShownSubject, 'id' | 'caption'> }) {
  const { t, i18n } = useTranslation()
  const { ask, work } = useNode()
  const [asking, setAsking] = useState(false)
  const make = useMutation({
    mutationFn: async () => save(await ask<Made>(`/api/v1/subjects/${record.id}/pdf?language=${i18n.language}`)),
    onSuccess: () => setAsking(false),
  })
  return (
    <>
      <Button
        variant="default"
        loading={make.isPending}
        onClick={() => {
          make.reset()
          if (work === undefined) setAsking(true)
          else make.mutate()
        }}
      >
        {t('subjects.pdf.open')}
      </Button>
      <Modal
        opened={asking || make.error !== null}
        onClose={() => {
          setAsking(false)
          make.reset()
        }}
        title={t('subjects.pdf.title', { name: record.caption })}
      >
        <ForWork>
          {make.error === null ? (
            <Button loading={make.isPending} onClick={() => make.mutate()} data-autofocus>
              {t('subjects.pdf.open')}
            </Button>
          ) : (
            <Failed cause={make.error} retry={() => make.mutate()} />
          )}
        </ForWork>
      </Modal>
    </>
  )
}

/** A file for the person's disk, never shown inside the console. */
function save({ name, mediaType, content }: Made): void {
  const bytes = Uint8Array.from(atob(content), (it) => it.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000) // some browsers begin to read it only after the click
}
