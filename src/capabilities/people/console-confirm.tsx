import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'

interface Confirming<Reply> {
  /** Names the act and what it is done to. */
  readonly title: string
  readonly text: string
  readonly act: string
  readonly run: () => Promise<Reply>
  readonly onClose: () => void
  readonly onDone: (reply: Reply) => void
}

/** An act that cannot be taken back is confirmed by its own name, not by "OK". */
export function Confirm<Reply>({ title, text, act, run, onClose, onDone }: Confirming<Reply>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const doing = useMutation({
    mutationFn: run,
    gcTime: 0, // the reply may hold a secret
    onSuccess: async (reply) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone(reply)
    },
  })
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="md">
        <Text>{text}</Text>
        {doing.error !== null && <Failed cause={doing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('people.cancel')}
          </Button>
          <Button color="red" loading={doing.isPending} onClick={() => doing.mutate()}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
