import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from './states'

interface Doing {
  /** Names the act and the thing: "Take back «Yusuf …»". */
  readonly title: string
  /** What the button says: the act again, never "OK". */
  readonly act: string
  /** Label of the reason; without it none is asked for. */
  readonly reason?: string
  /** An act that cannot be undone. */
  readonly final?: boolean
  readonly run: (reason: string) => Promise<unknown>
  readonly onClose: () => void
  /** What will happen, and to whom. */
  readonly children?: ReactNode
}

/** Confirms an act by naming it, with the reason that the audit and those concerned are told, and has what is shown read again. */
export function NameAndDo({ title, act, reason: label, final = false, run, onClose, children }: Doing) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const doing = useMutation({
    mutationFn: () => run(reason.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // a dialog may be opened from within a form
    doing.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('web.cancel') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          {label !== undefined && (
            <Textarea
              label={label}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              minLength={3}
              maxLength={1_000}
              required
              data-autofocus
            />
          )}
          {doing.error !== null && <Failed cause={doing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('web.cancel')}
            </Button>
            <Button type="submit" {...(final ? { color: 'red' } : {})} loading={doing.isPending}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
