import { Button, Group, Stack, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bodyOf, formOf, marksOf } from '#capabilities/sightings/form'
import type { Sighting } from '#capabilities/sightings/record'
import { handlingFrom, headerOf } from '../../web/design/handling-change'
import { Failed, Missing, Slow } from '../../web/design/states'
import { DraftState } from '../../web/draft-state'
import { useDraft } from '../../web/drafts'
import { useAsk, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { Clash } from '../../web/record/clash'
import { type Contents, differencesOf } from '../../web/record/compare'
import { DiffTable, valueAt } from '../../web/record/diff'
import { isStale, useEdited } from '../../web/record/edited'
import { ForWork } from '../../web/work-bar'
import { SightingFields, textOfSighting, type Written } from './console-form'

/** What is typed, with the version that it began with: when another comes first, both are compared with that one. */
interface Edited extends Written {
  readonly base: WholeRecord
}

/** A new version of a sighting of our own, to all who hold it. */
export function Page() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const { member } = useSignedIn()
  const { data, error, refetch } = useEdited(id)
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  if (data.type !== 'sighting' || data.owner !== member.id) return <Missing />
  return (
    <>
      <Title order={1} size="h3">
        {t('sightings.edit.title')} <bdi>{data.caption}</bdi>
      </Title>
      <Link to={`/movements/${sightingOf(data).about}` as '/today'}>{t('sightings.edit.back')}</Link>
      <ForWork>
        <Edit record={data} />
      </ForWork>
    </>
  )
}

const sightingOf = ({ body }: WholeRecord) => body as unknown as Sighting
const editedOf = (base: WholeRecord): Edited => ({
  base,
  form: formOf(sightingOf(base), base.marks),
  header: headerOf(base.handling),
})

function Edit({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState(() => editedOf(record))
  const [newest, setNewest] = useState<WholeRecord>()
  const draft = useDraft<Edited>(`sighting-change:${record.id}`, initial, {
    captionOf: ({ form }) => form.place,
    record: record.id,
  })
  const { base } = draft.content
  const { about, aboutOwner, discreet } = sightingOf(base)
  const input = inputOf(draft.content)
  const mine = { ...input, body: { ...input.body, aboutOwner, discreet } }
  const differences = differencesOf(base, mine)
  const leave = async (state: object = {}) => {
    await draft.clear()
    await client.invalidateQueries({ queryKey: ['live'] })
    await navigate({ to: `/movements/${about}` as '/today', state })
  }
  const save = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      ask(`/api/v1/sightings/${record.id}`, { method: 'PUT', body: { ...input, version: base.version } }),
    onSuccess: () => leave({ done: 'corrected' }),
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
        <DraftState draft={draft} textOf={textOfSighting} />
        <SightingFields
          written={draft.content}
          onChange={(next) => draft.change({ ...next, base })}
          owner={aboutOwner}
          discreet={discreet}
          correcting
        />
        <section aria-live="polite">
          {differences.length === 0 ? (
            <p>{t('sightings.edit.nothing')}</p>
          ) : (
            <DiffTable
              type="sighting"
              caption={t('sightings.edit.changes', { version: base.version })}
              differences={differences}
              nameOfMarked={(it) => valueAt(mine.body, it) ?? valueAt(base.body, it)}
            />
          )}
        </section>
        {save.error !== null && <Failed cause={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={differences.length === 0 || draft.other !== null}>
            {t('sightings.edit.act', { version: base.version + 1 })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function inputOf({ base, form, header }: Edited): Contents {
  const body = bodyOf(form, sightingOf(base).about, sightingOf(base))
  return { handling: handlingFrom(header, base.handling), body, marks: marksOf(form, body, base.marks) }
}
