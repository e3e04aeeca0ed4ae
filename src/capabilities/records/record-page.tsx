import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Holders } from '../../web/design/holders'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import type { WholeRecord } from '../../web/record/acting'
import { RecordActs } from '../../web/record/acts'
import { useFactWords } from '../../web/record/fact-words'
import { factsOf } from '../../web/record/facts'

/** A record of any type: its handling, what it says, who holds it, and what can be done with it. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['record', id], 'record', id],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Shown key={id} record={data} />
}

/** Types whose pages show more than this one. */
const pages: Readonly<Record<string, string>> = {
  subject: '/subjects',
  threat: '/threats',
  message: '/messages',
  hit: '/hits',
  notice: '/notices',
}

function Shown({ record }: { record: WholeRecord }) {
  const { t, i18n } = useTranslation()
  const { member } = useSignedIn()
  const words = useFactWords(record.type)
  const { id, type, version, owner, state } = record
  const ours = owner === member.id
  const page = pages[type]
  const kind = `records.types.${type}`
  return (
    <>
      <RecordHead record={record} kind={i18n.exists(kind) ? t(kind) : type}>
        <RecordActs record={record} />
      </RecordHead>
      {page !== undefined && <Link to={`${page}/${id}` as '/today'}>{t('records.own')}</Link>}
      {ours && state === 'withdrawn' && <p role="status">{t('records.recalled')}</p>}
      {ours && <Holders id={id} version={version} />}
      <table className="facts">
        <caption>{t('web.facts.title')}</caption>
        <tbody>
          {factsOf(record.body).map((it) => (
            <tr key={it.pointer}>
              <th scope="row">{words.nameOf(it)}</th>
              <td>
                <bdi>{words.valueOf(it)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
