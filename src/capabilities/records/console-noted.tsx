import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

/** Takes an answer out of the queue of the one who waited for it. */
export function Noted({ path }: { path: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const note = useMutation({
    mutationFn: () => ask(path, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  return (
    <>
      <Button variant="default" loading={note.isPending} onClick={() => note.mutate()}>
        {t('records.noted')}
      </Button>
      {note.error !== null && <Failed cause={note.error} />}
    </>
  )
}
