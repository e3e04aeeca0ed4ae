import { Code, Modal, ScrollArea, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'

/** The refused thing as it came, as text and never as markup. Looking is audited, so it is read once. */
export function Evidence({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['quarantine-evidence', id],
    queryFn: () => ask<{ evidence: string; reason: string }>(`/api/v1/quarantine/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Modal opened onClose={onClose} title={t('members.quarantine.evidenceOf', { id })}>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow lines={4} />}
      {data !== undefined && (
        <Stack gap="sm">
          <bdi>{data.reason}</bdi>
          <ScrollArea.Autosize
            mah={400}
            viewportProps={{ tabIndex: 0, 'aria-label': t('members.quarantine.evidence') }}
          >
            <Code block dir="ltr">
              {data.evidence}
            </Code>
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Modal>
  )
}
