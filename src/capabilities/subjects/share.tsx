import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName, useMembers } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'

interface Preview {
  readonly recipients: readonly {
    readonly member: string
    readonly permit: boolean
    readonly because: readonly { readonly rule: string; readonly text: string }[]
    readonly withheld: readonly { readonly pointer: string; readonly rule: string; readonly text: string }[]
  }[]
}

/** Before anything leaves: exactly what each recipient will see, and which rule withholds the rest. */
export function Share({ record, onClose }: { record: ShownRecord; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('subjects.share.title', { name: record.caption })}>
      <ForWork>
        <Choose record={record} onClose={onClose} />
      </ForWork>
    </Modal>
  )
}

function Choose({ record, onClose }: { record: ShownRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { work } = useNode()
  const { member: me } = useSignedIn()
  const members = useMembers()
  const [chosen, setChosen] = useState<string[]>([])
  const share = useMutation({
    mutationFn: () =>
      ask(`/api/v1/records/${record.id}/share`, { method: 'POST', body: { with: { members: chosen } } }),
    onSuccess: onClose,
  })
  const preview = useQuery({
    queryKey: ['preview', record.id, record.version, chosen, work],
    queryFn: () =>
      ask<Preview>(`/api/v1/records/${record.id}/preview`, { method: 'POST', body: { with: { members: chosen } } }),
    enabled: chosen.length > 0,
  })
  const recipients = preview.data?.recipients ?? []
  const refused = recipients.filter((it) => !it.permit)
  return (
    <Stack gap="md">
      <Checkbox.Group label={t('subjects.share.with')} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {members
            .filter((it) => it.id !== me.id)
            .map((it) => (
              <Checkbox key={it.id} value={it.id} label={it.name} />
            ))}
        </Stack>
      </Checkbox.Group>
      {preview.error !== null && <Failed cause={preview.error} />}
      {preview.isFetching && <Slow lines={2} />}
      <ul className="preview">
        {recipients.map(({ member, permit, because, withheld }) => (
          <li key={member}>
            <MemberName id={member} />{' '}
            {permit ? (
              withheld.length === 0 ? (
                t('subjects.share.sees')
              ) : (
                <>
                  {t('subjects.share.withheld', { count: withheld.length })}
                  <ul>
                    {withheld.map((it) => (
                      <li key={it.pointer}>
                        <bdi className="code">{it.pointer.slice('/body/'.length)}</bdi> <bdi>{it.text}</bdi>
                      </li>
                    ))}
                  </ul>
                </>
              )
            ) : (
              <strong className="warns">
                {t('subjects.share.refused')} <bdi>{because[0]?.text}</bdi>
              </strong>
            )}
          </li>
        ))}
      </ul>
      {share.error !== null && <Failed cause={share.error} />}
      <Group justify="flex-end">
        {refused.length > 0 && <Text size="xs">{t('subjects.share.blocked')}</Text>}
        <Button variant="default" onClick={onClose}>
          {t('subjects.cancel')}
        </Button>
        <Button
          disabled={recipients.length === 0 || refused.length > 0}
          loading={share.isPending}
          onClick={() => share.mutate()}
        >
          {t('subjects.share.act', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}
