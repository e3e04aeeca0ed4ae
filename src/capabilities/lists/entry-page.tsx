import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { fieldsOf } from '#capabilities/lists/delta'
import type { Listing } from '#capabilities/lists/record'
import { Holders } from '../../web/design/holders'
import { RecordHead, type ShownRecord } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { useListTitle } from './console-import'
import { fieldName } from './field-name'

interface Shown extends ShownRecord {
  readonly body: Listing
}

/** One entry of a published list, in the shape that every record has. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', [id], 'list-entry', id],
    queryFn: () => ask<Shown>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Entry record={data} />
}

function Entry({ record }: { record: Shown }) {
  const { t, i18n } = useTranslation()
  const { member } = useSignedIn()
  const titleOf = useListTitle()
  const { list } = record.body
  const { schema: _, ...fields } = Object.fromEntries(fieldsOf(record.body))
  return (
    <>
      <RecordHead record={record} kind={t(`lists.schemata.${record.body.schema}`)} />
      <p className="under">
        <Link to={`/lists/${list}` as '/today'}>
          <bdi>{titleOf({ id: list, title: list })}</bdi>
        </Link>{' '}
        · <bdi className="code">{record.body.ref}</bdi>
      </p>
      <table className="facts">
        <caption>{t('web.facts.title')}</caption>
        <tbody>
          {Object.entries(fields).map(([field, values]) => (
            <tr key={field}>
              <th scope="row">{fieldName(field, { t, i18n })}</th>
              <td>
                {values.map((it) => (
                  <div key={it}>
                    <bdi>{it}</bdi>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {record.owner === member.id && <Holders id={record.id} version={record.version} />}
    </>
  )
}
