import { Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { bodyOf, formOf, marksFor } from '#capabilities/threats/form'
import type { Threat } from '#capabilities/threats/record'
import { handlingFrom, headerOf } from '../../web/design/handling-change'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { type Editing, EditRecord } from '../../web/record/edit-record'
import { useEdited } from '../../web/record/edited'
import { ForWork } from '../../web/work-bar'
import { textOfWarning, WarningFields, type Written } from './console-form'

const threatOf = ({ body }: WholeRecord) => body as unknown as Threat

const editing: Editing<Written> = {
  draft: 'threat-change',
  api: '/api/v1/threats',
  pageOf: ({ id }) => `/threats/${id}`,
  done: 'changed',
  words: 'threats',
  writtenOf: (base) => ({ form: formOf(threatOf(base)), header: headerOf(base.handling) }),
  inputOf: ({ form, header }, base) => {
    const body = bodyOf(form, threatOf(base))
    return { handling: handlingFrom(header, base.handling), body, marks: marksFor(body, base.marks) }
  },
  captionOf: ({ form }) => form.title,
  textOf: textOfWarning,
}

/** A new version of a warning of our own, to all who hold it. */
export function Page() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const { member } = useSignedIn()
  const { data, error, refetch } = useEdited(id)
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  if (data.type !== 'threat' || data.owner !== member.id) return <Missing />
  return (
    <>
      <Title order={1} size="h3">
        {t('threats.edit.title')} <bdi>{data.caption}</bdi>
      </Title>
      <Link to={editing.pageOf(data) as '/today'}>{t('threats.edit.back')}</Link>
      <ForWork>
        <EditRecord
          record={data}
          editing={editing}
          fields={(written, base, onChange) => (
            <WarningFields
              written={written}
              onChange={onChange}
              basisWithheld={base.body.basisForAssessment === undefined}
            />
          )}
        />
      </ForWork>
    </>
  )
}
