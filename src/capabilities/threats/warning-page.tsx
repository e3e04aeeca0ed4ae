import './threats.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { Holders } from '../../web/design/holders'
import { NameAndDo } from '../../web/design/name-and-do'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { RecordActs } from '../../web/record/acts'
import { History } from '../../web/record/history'
import { Facts, type ShownThreat } from './console-facts'
import { WhereAndWhen } from './console-where'

/** One warning: head, facts, where and when, its versions, who holds it. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['threat', id], 'record', id],
    queryFn: () => ask<ShownThreat>(`/api/v1/records/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  return data.type === 'threat' ? <Warning key={id} warning={data} /> : <Missing />
}

function Warning({ warning }: { warning: ShownThreat }) {
  const { t } = useTranslation()
  const { member, roles } = useSignedIn()
  const before = useLocation({ select: (it) => (it.state as { done?: 'recorded' | 'changed' }).done })
  const [closing, setClosing] = useState(false)
  const [done, setDone] = useState<'recorded' | 'changed' | 'closed' | undefined>(before)
  const { id, owner, state, body } = warning
  const ours = owner === member.id
  const changes =
    ours &&
    state !== 'withdrawn' &&
    body.closed === undefined &&
    roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <>
      <RecordHead record={warning} kind={t('threats.warning')}>
        {changes && (
          <>
            <Button
              variant="default"
              renderRoot={(props) => <Link to={`/threats/${id}/edit` as '/today'} {...props} />}
            >
              {t('threats.edit.open')}
            </Button>
            <Button variant="default" onClick={() => setClosing(true)}>
              {t('threats.close.open')}
            </Button>
          </>
        )}
        <RecordActs record={warning} />
        <Button variant="default" onClick={() => window.print()}>
          {t('threats.print')}
        </Button>
        <Help about={t('threats.help.endAbout')} rule={t('threats.help.endRule')}>
          <p>{t('threats.help.end')}</p>
        </Help>
      </RecordHead>
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{done !== undefined && t(`threats.done.${done}`)}</p>
      <Facts warning={warning} />
      <WhereAndWhen warning={warning} />
      <History record={warning} />
      {ours && <Holders id={id} version={warning.version} />}
      {closing && <Close warning={warning} onDone={() => setDone('closed')} onClose={() => setClosing(false)} />}
    </>
  )
}

interface Closing {
  readonly warning: ShownThreat
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Says to all who hold the warning that the threat is over, or never was. It is confirmed by its name and a reason. */
function Close({ warning: { id, caption }, onDone, onClose }: Closing) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <NameAndDo
      title={t('threats.close.title', { name: caption })}
      act={t('threats.close.act')}
      reason={t('threats.reason')}
      final
      run={async (reason) => {
        await ask(`/api/v1/threats/${id}/close`, { method: 'POST', body: { reason } })
        onDone()
      }}
      onClose={onClose}
    >
      <p>{t('threats.close.text')}</p>
    </NameAndDo>
  )
}
