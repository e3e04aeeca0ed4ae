import { Button, Progress, Title } from '@mantine/core'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import type { Ask } from '../../web/ask'
import { Cited } from '../../web/design/cited'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { type TrailVerdict, verifyTrailHere } from '../../web/trail/trail'
import citations from './citations.json'

interface Progressing {
  readonly done: number
  readonly total: number
  readonly since: number
  readonly now: number
}

const progressKey = ['audit-trail', 'progress']

/** It goes on while other pages are looked at: its state lies beside the pages, and goes with the session. */
async function verify(client: QueryClient, ask: Ask): Promise<TrailVerdict> {
  const since = Date.now()
  return verifyTrailHere({
    ask: (path) => ask(path),
    onProgress: (it) => void client.setQueryData(progressKey, { ...it, since, now: Date.now() }),
  })
}

/** Verifies the whole ledger in this browser, and says what that shows and what it does not. */
export function Trail() {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['audit-trail', 'verdict'],
    queryFn: () => verify(client, ask),
    enabled: false,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <section aria-labelledby="trail">
      <Title order={2} size="h5" id="trail" mt="md">
        {t('audit.trail.title')}{' '}
        <Cited about={t('audit.trail.title')} citation={citations.log}>
          <p>{t('audit.trail.help')}</p>
        </Cited>
      </Title>
      <p>{t('audit.trail.text')}</p>
      {isFetching ? (
        <Under />
      ) : (
        <Button variant="default" onClick={() => void refetch()}>
          {t(data === undefined ? 'audit.trail.act' : 'audit.trail.again')}
        </Button>
      )}
      {error !== null && !isFetching && <Failed cause={error} />}
      {data !== undefined && !isFetching && <Verdict verdict={data} />}
      <p className="under">{t('audit.trail.elsewhere')}</p>
      <p>
        <bdi className="code">comity audit verify</bdi>
      </p>
    </section>
  )
}

/** How far it has come, how fast it goes and how long it still takes. */
function Under() {
  const { t, i18n } = useTranslation()
  const { data } = useQuery<Progressing>({ queryKey: progressKey, enabled: false, gcTime: Number.POSITIVE_INFINITY })
  const number = numberFormat(i18n.language)
  const { done = 0, total = 0, since = 0, now = 0 } = data ?? {}
  const rate = now > since ? Math.round((done * 1000) / (now - since)) : 0
  const left = rate > 0 ? Math.ceil((total - done) / rate) : 0
  return (
    <div role="status">
      <Progress value={total === 0 ? 0 : (done / total) * 100} aria-label={t('audit.trail.title')} />
      <p className="under">
        {t('audit.trail.progress', {
          done: number.format(done),
          total: number.format(total),
          rate: number.format(rate),
          left: number.format(left),
        })}
      </p>
    </div>
  )
}

const shownFindings = 50

function Verdict({ verdict }: { verdict: TrailVerdict }) {
  const { t, i18n } = useTranslation()
  const number = numberFormat(i18n.language)
  const { size, covered, erased, fitting, checkpoints, signatures, cosigners, findings } = verdict
  const sound = findings.length === 0 && signatures !== 'fail'
  return (
    <div className="proof" role="status">
      <p className={sound ? undefined : 'caution'}>
        <strong>{t(sound ? 'audit.verify.intact' : 'audit.verify.tampered')}</strong>
      </p>
      <ul>
        <li>{t('audit.trail.entries', { size: number.format(size), erased: number.format(erased) })}</li>
        <li>{t('audit.trail.roots', { fitting: number.format(fitting), checkpoints: number.format(checkpoints) })}</li>
        <li>{t(`audit.trail.signatures.${signatures}`)}</li>
        <li>
          {t('audit.verify.cosigners')}:{' '}
          {cosigners.length === 0
            ? t('audit.trail.noWitness')
            : cosigners.map((it) => `${it.name} (${number.format(it.size)})`).join(', ')}
        </li>
        <li>{t('audit.trail.uncovered', { count: size - covered })}</li>
      </ul>
      {findings.length > 0 && (
        <table className="facts">
          <caption>{t('audit.trail.findings', { count: findings.length })}</caption>
          <tbody>
            {findings.slice(0, shownFindings).map(({ index, until, why }) => (
              <tr key={`${index} ${until} ${why}`}>
                <th scope="row">
                  <bdi>{until - index > 1 ? `${index}–${until - 1}` : index}</bdi>
                </th>
                <td>{t(`audit.verify.${why}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <span className="under">{t('audit.trail.notShown')}</span>
    </div>
  )
}
