import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Holders } from '../../web/design/holders'
import { RecordHead } from '../../web/design/record-head'
import { Failed, Missing, Slow } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { Close } from './console-close'
import { Facts, type ShownThreat } from './console-facts'
import { Share } from './console-share'

/** One warning: head, facts, the subjects that it links to, who holds it. */
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
  const [act, setAct] = useState<'share' | 'close'>()
  const recorded = useLocation({ select: (it) => 'recorded' in it.state })
  const [done, setDone] = useState<'recorded' | 'shared' | 'closed' | undefined>(recorded ? 'recorded' : undefined)
  const { owner, state, body } = warning
  const ours = owner === member.id
  const acts = ours && state !== 'withdrawn' && roles.some((it) => it === 'officer' || it === 'supervisor')
  return (
    <>
      <RecordHead record={warning} kind={t('threats.warning')}>
        {acts && <Button onClick={() => setAct('share')}>{t('threats.share.open')}</Button>}
        {acts && body.closed === undefined && (
          <Button variant="default" onClick={() => setAct('close')}>
            {t('threats.close.open')}
          </Button>
        )}
      </RecordHead>
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{done !== undefined && t(`threats.done.${done}`)}</p>
      <Facts warning={warning} />
      {ours && <Holders id={warning.id} version={warning.version} />}
      {act === 'share' && <Share record={warning} onDone={() => setDone('shared')} onClose={() => setAct(undefined)} />}
      {act === 'close' && <Close record={warning} onDone={() => setDone('closed')} onClose={() => setAct(undefined)} />}
    </>
  )
}
