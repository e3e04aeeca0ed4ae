import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Ask } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'

interface Note {
  readonly size: number
  readonly root: string
  readonly at: string
  readonly cosigners: readonly { readonly member: string; readonly at: string }[]
}

interface Latest extends Note {
  readonly origin: string
  readonly notes: readonly Note[]
}

/**
 * The newest checkpoint is made by asking for it, so nobody has cosigned it yet: beside it stands the newest that witnesses
 * did cosign. Checkpoints come by size; a busy ledger may have grown by much since, hence the second, wider look.
 */
async function readState(ask: Ask): Promise<{ latest: Latest; cosigned: Note | undefined }> {
  const latest = await ask<Latest>('/api/v1/audit/checkpoint')
  for (const back of [1_000, 1_000_000]) {
    const after = Math.max(-1, latest.size - back)
    const { notes } = await ask<Latest>(`/api/v1/audit/checkpoint?all=true&after=${after}`)
    const cosigned = notes.findLast((it) => it.cosigners.length > 0)
    if (cosigned !== undefined) return { latest, cosigned }
  }
  return { latest, cosigned: undefined }
}

export function CheckpointState() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'audit', 'checkpoint'],
    queryFn: () => readState(ask),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  const { latest, cosigned } = data
  return (
    <>
      <table className="facts">
        <caption>{t('audit.verify.checkpoint')}</caption>
        <tbody>
          <tr>
            <th scope="row">{t('audit.checkpoint.latest')}</th>
            <td>
              {t('audit.checkpoint.entries', { size: latest.size })} · <Moment at={latest.at} />
              <span className="under">
                <bdi>{latest.origin}</bdi>
              </span>
              <span className="under">
                <bdi className="code">{latest.root}</bdi>
              </span>
            </td>
          </tr>
          <tr>
            <th scope="row">{t('audit.verify.cosigners')}</th>
            <td>{cosigned === undefined ? t('audit.checkpoint.nobody') : <Cosigned note={cosigned} />}</td>
          </tr>
        </tbody>
      </table>
      <Witnessed />
    </>
  )
}

function Cosigned({ note: { size, at, cosigners } }: { note: Note }) {
  const { t } = useTranslation()
  return (
    <>
      {t('audit.checkpoint.entries', { size })} · <Moment at={at} />
      {cosigners.map((it) => (
        <span key={it.member} className="under">
          <MemberName id={it.member} /> · <Moment at={it.at} />
        </span>
      ))}
    </>
  )
}

/** What this node cosigned for others: to be held against what they show their own auditors. */
function Witnessed() {
  const { t } = useTranslation()
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'audit', 'witnessed'],
    queryFn: () => ask<{ items: (Omit<Note, 'cosigners'> & { member: string })[] }>('/api/v1/audit/witnessed'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  return (
    <details>
      <summary>{t('audit.witnessed.title')}</summary>
      {data.items.length === 0 ? (
        <Empty title={t('audit.witnessed.none')}>{t('audit.witnessed.noneText')}</Empty>
      ) : (
        <table className="facts">
          <caption className="unseen">{t('audit.witnessed.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('audit.columns.member')}</th>
              <th scope="col">{t('audit.witnessed.size')}</th>
              <th scope="col">{t('audit.columns.at')}</th>
              <th scope="col">{t('audit.witnessed.root')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((it) => (
              <tr key={it.member}>
                <th scope="row">
                  <MemberName id={it.member} />
                </th>
                <td>
                  <bdi>{it.size}</bdi>
                </td>
                <td>
                  <Moment at={it.at} />
                </td>
                <td>
                  <bdi className="code">{it.root}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
