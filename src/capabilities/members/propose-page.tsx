import { Button, Group, Select, Stack, Textarea, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Edit } from '#capabilities/members/directory-edits'
import type { Directory } from '#protocol/directory'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { EditForm } from './console-edit-form'
import { type EditKind, editKinds } from './edit-fields'
import './members.css'

/** Makes a proposal of one change or several. Nothing is in force before its keepers have signed and an administrator adopts it. */
export function Page() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'directory', 'signed'],
    queryFn: () => ask<{ document: Directory }>('/api/v1/directory'),
  })
  return (
    <>
      <Title order={1} size="h3">
        {t('members.proposals.new')}
      </Title>
      <p>{t('members.propose.text')}</p>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data !== undefined && <Propose directory={data.document} />}
    </>
  )
}

function Propose({ directory }: { directory: Directory }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const given = useSearch({ strict: false }) as { kind?: string }
  const [kind, setKind] = useState<EditKind>(editKinds.find((it) => it === given.kind) ?? 'contact')
  const [edits, setEdits] = useState<readonly Edit[]>([])
  const [reason, setReason] = useState('')
  const propose = useMutation({
    mutationFn: () =>
      ask<{ hash: string }>('/api/v1/directory/proposals', { method: 'POST', body: { edits, reason: reason.trim() } }),
    onSuccess: ({ hash }) => navigate({ to: `/directory/proposals/${hash}` as '/today' }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    propose.mutate()
  }
  return (
    <Stack gap="md" className="edit-fields">
      <Select
        label={t('members.propose.kind')}
        value={kind}
        onChange={(it) => setKind((it ?? 'contact') as EditKind)}
        data={editKinds.map((it) => ({ value: it, label: t(`members.propose.kinds.${it}`) }))}
        maxDropdownHeight={400}
      />
      <EditForm key={kind} kind={kind} directory={directory} onAdd={(more) => setEdits([...edits, ...more])} />
      {edits.length > 0 && (
        <section aria-label={t('members.propose.soFar')}>
          <h2 className="rotation">{t('members.propose.soFar')}</h2>
          <ol className="edits">
            {edits.map((it, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: edits have no name of their own, and their order is theirs
              <li key={at}>
                <Group gap="sm">
                  <span>
                    {t(`members.propose.kinds.${kindOf(it)}`)} <bdi>{aboutOf(it)}</bdi>
                  </span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => setEdits(edits.filter((_, one) => one !== at))}
                  >
                    {t('members.propose.drop')} <span className="unseen">{aboutOf(it)}</span>
                  </Button>
                </Group>
              </li>
            ))}
          </ol>
        </section>
      )}
      <form onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            label={t('members.propose.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minLength={3}
            maxLength={1_000}
            required
          />
          {propose.error !== null && <Failed cause={propose.error} />}
          <Group justify="flex-end">
            <Button type="submit" disabled={edits.length === 0} loading={propose.isPending}>
              {t('members.propose.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  )
}

const kindOf = (edit: Edit): EditKind => (edit.kind === 'suspend' && !edit.suspended ? 'restore' : edit.kind)

function aboutOf(edit: Edit): string {
  if (edit.kind === 'expiry') return edit.expiresAt.slice(0, 10)
  if (edit.kind === 'add-member') return edit.member.name
  if (edit.kind === 'group') return edit.group.name
  return edit.kind === 'remove-group' ? edit.group : edit.member
}
