import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../design/states'
import { DraftState } from '../draft-state'
import { useDraft } from '../drafts'
import { useAsk } from '../node'
import type { WholeRecord } from './acting'
import { Clash } from './clash'
import { type Contents, differencesOf } from './compare'
import { DiffTable, valueAt } from './diff'
import { isStale } from './edited'

/** What is typed, with the version that it began with: when another comes first, both are compared with that one. */
type Edited<Written> = Written & { readonly base: WholeRecord }

/** How the records of one kind are changed: what their form holds, and where it goes. */
export interface Editing<Written extends object> {
  readonly draft: string
  /** The records of this kind at the node: the id is added. */
  readonly api: string
  /** Where a person goes from here, and what is said there when it was saved. */
  readonly pageOf: (base: WholeRecord) => string
  readonly done: string
  /** Words of the kind, with `edit.nothing`, `edit.changes` and `edit.act`. */
  readonly words: string
  readonly writtenOf: (base: WholeRecord) => Written
  readonly inputOf: (written: Written, base: WholeRecord) => Contents
  /** The contents as they will stand, with what nobody types. */
  readonly complete?: (input: Contents, base: WholeRecord) => Contents
  readonly captionOf: (written: Written) => string
  readonly textOf: (written: Written) => string
}

interface Props<Written extends object> {
  readonly record: WholeRecord
  readonly editing: Editing<Written>
  readonly fields: (written: Written, base: WholeRecord, onChange: (next: Written) => void) => ReactNode
}

/** A new version of a record of our own, to all who hold it: what changes is shown before it is saved. */
export function EditRecord<Written extends object>({ record, editing, fields }: Props<Written>) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { writtenOf, inputOf, complete, captionOf, textOf, words } = editing
  const editedOf = (base: WholeRecord): Edited<Written> => ({ ...writtenOf(base), base })
  const [initial] = useState(() => editedOf(record))
  const [newest, setNewest] = useState<WholeRecord>()
  const draft = useDraft<Edited<Written>>(`${editing.draft}:${record.id}`, initial, { captionOf, record: record.id })
  const { base } = draft.content
  const input = inputOf(draft.content, base)
  const mine = complete?.(input, base) ?? input
  const differences = differencesOf(base, mine)
  const leave = async (state: object = {}) => {
    await draft.clear()
    await client.invalidateQueries({ queryKey: ['live'] })
    await navigate({ to: editing.pageOf(base) as '/today', state })
  }
  const save = useMutation({
    networkMode: 'always',
    mutationFn: () => ask(`${editing.api}/${record.id}`, { method: 'PUT', body: { ...input, version: base.version } }),
    onSuccess: () => leave({ done: editing.done }),
    onError: async (cause) => {
      if (isStale(cause)) setNewest(await ask<WholeRecord>(`/api/v1/records/${record.id}`))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  if (newest !== undefined)
    return (
      <Clash
        base={base}
        mine={mine}
        newest={newest}
        onLeave={() => void leave()}
        onTakeOver={(contents) => {
          save.reset()
          const next = { ...newest, ...contents } as WholeRecord
          draft.change({ ...editedOf(next), base: newest })
          setNewest(undefined)
        }}
      />
    )
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftState draft={draft} textOf={textOf} />
        {fields(draft.content, base, (next) => draft.change({ ...next, base }))}
        <section aria-live="polite">
          {differences.length === 0 ? (
            <p>{t(`${words}.edit.nothing`)}</p>
          ) : (
            <DiffTable
              type={record.type}
              caption={t(`${words}.edit.changes`, { version: base.version })}
              differences={differences}
              nameOfMarked={(it) => valueAt(mine.body, it) ?? valueAt(base.body, it)}
            />
          )}
        </section>
        {save.error !== null && <Failed cause={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={differences.length === 0 || draft.other !== null}>
            {t(`${words}.edit.act`, { version: base.version + 1 })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
