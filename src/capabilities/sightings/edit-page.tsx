import { Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { bodyOf, formOf, marksOf } from '#capabilities/sightings/form'
import type { Sighting } from '#capabilities/sightings/record'
import { handlingFrom, headerOf } from '../../web/design/handling-change'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { type Editing, EditRecord } from '../../web/record/edit-record'
import { useEdited } from '../../web/record/edited'
import { ForWork } from '../../web/work-bar'
import { SightingFields, textOfSighting, type Written } from './console-form'

const sightingOf = ({ body }: WholeRecord) => body as unknown as Sighting

const editing: Editing<Written> = {
  draft: 'sighting-change',
  api: '/api/v1/sightings',
  pageOf: (base) => `/movements/${sightingOf(base).about}`,
  done: 'corrected',
  words: 'sightings',
  writtenOf: (base) => ({ form: formOf(sightingOf(base), base.marks), header: headerOf(base.handling) }),
  inputOf: ({ form, header }, base) => {
    const body = bodyOf(form, sightingOf(base).about, sightingOf(base))
    return { handling: handlingFrom(header, base.handling), body, marks: marksOf(form, body, base.marks) }
  },
  complete: (input, base) => {
    const { aboutOwner, discreet } = sightingOf(base)
    return { ...input, body: { ...input.body, aboutOwner, discreet } }
  },
  captionOf: ({ form }) => form.place,
  textOf: textOfSighting,
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
      <Link to={editing.pageOf(data) as '/today'}>{t('sightings.edit.back')}</Link>
      <ForWork>
        <EditRecord
          record={data}
          editing={editing}
          fields={(written, base, onChange) => (
            <SightingFields
              written={written}
              onChange={onChange}
              owner={sightingOf(base).aboutOwner}
              discreet={sightingOf(base).discreet}
              correcting
            />
          )}
        />
      </ForWork>
    </>
  )
}
