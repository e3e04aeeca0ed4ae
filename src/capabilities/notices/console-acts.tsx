import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isReviewedHere, type ShownNotice } from '#capabilities/notices/console-shapes'
import { isOver, mayMove } from '#capabilities/notices/lifecycle'
import { NameAndDo } from '../../web/design/name-and-do'
import { useAsk, useSignedIn } from '../../web/node'

type Act = 'submit' | 'answer' | 'end' | 'report'

export type Done = 'submitted' | 'answered' | 'ended' | 'reported'

interface Acts {
  readonly notice: ShownNotice
  readonly onDone: (done: Done) => void
}

/** What this person may do with it now. The node decides again. */
export function NoticeActs({ notice, onDone }: Acts) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<Act>()
  const { id, role, place, check, inForce, channel } = notice
  const has = (...wanted: readonly string[]) => wanted.some((it) => roles.some((one) => one === it))
  const writes = has('officer', 'supervisor')
  const judges = has('legal', 'supervisor')
  const ours = role === 'issuer'
  const close = () => setAct(undefined)
  const open = (path: string, text: string, primary = false) => (
    <Button
      {...(primary ? {} : { variant: 'default' })}
      renderRoot={(props) => <Link to={`/notices/${id}/${path}` as '/today'} {...props} />}
    >
      {text}
    </Button>
  )
  const amends = mayMove(place, 'amend', 'issuer') || mayMove(place, 'update', 'issuer')
  return (
    <>
      {/* What was refused is changed first. */}
      {ours && writes && place === 'draft' && check.passes && (
        <Button onClick={() => setAct('submit')}>{t(`notices.form.submit.${channel}`)}</Button>
      )}
      {ours && writes && amends && open('edit', t('notices.edit.open'), place === 'refused' || !check.passes)}
      {ours && writes && place === 'information-asked' && (
        <Button onClick={() => setAct('answer')}>{t('notices.acts.answer.open')}</Button>
      )}
      {isReviewedHere(notice) &&
        judges &&
        !isOver(place) &&
        !['draft', 'refused'].includes(place) &&
        open('review', t('notices.review.open'), place === 'submitted' || place === 'in-review')}
      {role === 'holder' && judges && open('gate', t('notices.gate.open'), notice.local === 'review')}
      {role === 'holder' && writes && inForce && (
        <Button onClick={() => setAct('report')}>{t('notices.acts.report.open')}</Button>
      )}
      {ours && has('officer', 'supervisor', 'legal') && !isOver(place) && (
        <Button variant="default" onClick={() => setAct('end')}>
          {t('notices.acts.end.open')}
        </Button>
      )}
      {act === 'submit' && <Submit notice={notice} onDone={() => onDone('submitted')} onClose={close} />}
      {act === 'answer' && <Answer notice={notice} onDone={() => onDone('answered')} onClose={close} />}
      {act === 'end' && <End notice={notice} onDone={() => onDone('ended')} onClose={close} />}
      {act === 'report' && <Report notice={notice} onDone={() => onDone('reported')} onClose={close} />}
    </>
  )
}

interface Acting {
  readonly notice: ShownNotice
  readonly onDone: () => void
  readonly onClose: () => void
}

function Submit({ notice: { id, caption, channel }, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <NameAndDo
      title={t('notices.acts.submit.title', { name: caption })}
      act={t(`notices.form.submit.${channel}`)}
      run={async () => {
        await ask(`/api/v1/notices/${id}/submit`, { method: 'POST' })
        onDone()
      }}
      onClose={onClose}
    >
      <p>{t(`notices.acts.submit.text.${channel}`)}</p>
    </NameAndDo>
  )
}

function Answer({ notice: { id, caption, decision }, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <NameAndDo
      title={t('notices.acts.answer.title', { name: caption })}
      act={t('notices.acts.answer.act')}
      reason={t('notices.acts.answer.text')}
      run={async (text) => {
        await ask(`/api/v1/notices/${id}/answer`, { method: 'POST', body: { text } })
        onDone()
      }}
      onClose={onClose}
    >
      {decision !== null && (
        <>
          <p>{t('notices.acts.answer.asked')}</p>
          <blockquote dir="auto">{decision.note}</blockquote>
        </>
      )}
    </NameAndDo>
  )
}

const hows = ['executed', 'withdrawn', 'purpose-met'] as const

/** Every holder is told, and gives back what it has. */
function End({ notice: { id, caption, place }, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const may = hows.filter((it) => mayMove(place, it === 'executed' ? 'execute' : 'withdraw', 'issuer'))
  const [how, setHow] = useState<string>(may.includes('withdrawn') ? 'withdrawn' : may[0]!)
  return (
    <NameAndDo
      title={t('notices.acts.end.title', { name: caption })}
      act={t('notices.acts.end.act')}
      reason={t('notices.acts.end.reason')}
      final
      run={async (reason) => {
        await ask(`/api/v1/notices/${id}/end`, { method: 'POST', body: { how, reason } })
        onDone()
      }}
      onClose={onClose}
    >
      <p>{t('notices.acts.end.text')}</p>
      <Select
        label={t('notices.acts.end.how')}
        value={how}
        onChange={(it) => it !== null && setHow(it)}
        data={may.map((value) => ({ value, label: t(`notices.hows.${value}`) }))}
      />
    </NameAndDo>
  )
}

const whats = ['located', 'executed'] as const

/** The state that finds the person tells the issuer at once (RPD 87). */
function Report({ notice: { id, caption }, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [what, setWhat] = useState<string>('located')
  const [at, setAt] = useState(() => localOf(new Date()))
  const [place, setPlace] = useState('')
  const [measures, setMeasures] = useState('')
  return (
    <NameAndDo
      title={t('notices.acts.report.title', { name: caption })}
      act={t('notices.acts.report.act')}
      run={async () => {
        const body = { what, at: new Date(at).toISOString(), place: place.trim(), measures: measures.trim() }
        await ask(`/api/v1/notices/${id}/report`, { method: 'POST', body })
        onDone()
      }}
      onClose={onClose}
    >
      <p>{t('notices.acts.report.text')}</p>
      <Stack gap="md">
        <Select
          label={t('notices.acts.report.what')}
          value={what}
          onChange={(it) => it !== null && setWhat(it)}
          data={whats.map((value) => ({ value, label: t(`notices.whats.${value}`) }))}
        />
        <TextInput
          label={t('notices.acts.report.at')}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          required
        />
        <TextInput
          label={t('notices.acts.report.place')}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
          maxLength={300}
          dir="auto"
          required
        />
        <Textarea
          label={t('notices.acts.report.measures')}
          value={measures}
          onChange={(event) => setMeasures(event.currentTarget.value)}
          maxLength={1_000}
          dir="auto"
          required
        />
      </Stack>
    </NameAndDo>
  )
}

/** The local time, as a field for date and time holds it. */
const localOf = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
