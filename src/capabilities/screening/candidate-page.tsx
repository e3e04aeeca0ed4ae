import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { anyDirection } from './any-direction'
import { Band, Evidence } from './evidence'
import { ListName } from './list-name'
import { recordAddress } from './record-address'
import type { ShownCandidate } from './shown'
import { TellFields } from './tell-fields'

/** One possible match, theirs and ours aligned, and the decision that a person makes. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['candidate', id], 'candidate', id],
    queryFn: () => ask<ShownCandidate>(`/api/v1/candidates/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Candidate candidate={data} />
}

function Candidate({ candidate }: { candidate: ShownCandidate }) {
  const { t } = useTranslation()
  const { ours, theirs, state, hit, reason, band, score } = candidate
  return (
    <Stack gap="md">
      <div className="with-help">
        <Title order={1} size="h3">
          {t('screening.candidate')}
        </Title>
        <Help about={t('screening.about.candidate')} rule="protocol point 9">
          <p>{t('screening.help.candidate')}</p>
        </Help>
      </div>
      {state === 'open' && (
        <p className="caution" role="note">
          {t('screening.caution')}
        </p>
      )}
      <div className="sides">
        <section>
          <h2 className="side">{t('screening.ours')}</h2>
          <Link to={`/subjects/${ours.id}` as '/today'}>
            <bdi>{ours.caption}</bdi>
          </Link>
          <span className="under">{t('web.record.version', { version: ours.version })}</span>
        </section>
        <section>
          <h2 className="side">
            {t('screening.theirs')}
            {theirs.list === null && (
              <>
                {' '}
                · <MemberName id={theirs.owner} />
              </>
            )}
          </h2>
          <Link to={recordAddress(theirs.id, theirs.list) as '/today'}>
            <bdi>{theirs.caption}</bdi>
          </Link>
          <span className="under">
            {theirs.list === null ? (
              t('web.record.version', { version: theirs.version })
            ) : (
              <ListName list={theirs.list} />
            )}
          </span>
        </section>
      </div>
      <p>
        <Band band={band} score={score} />
      </p>
      <Evidence lines={candidate.lines} side="ours" />
      {state === 'open' ? (
        <ForWork>
          <Decide candidate={candidate} />
        </ForWork>
      ) : (
        <p role="status">
          {t(`screening.decided.${state}`)} {reason !== null && <bdi>{reason}</bdi>}{' '}
          {hit !== null && <Link to={`/hits/${hit}` as '/today'}>{t('screening.hit')}</Link>}
        </p>
      )}
    </Stack>
  )
}

function Decide({ candidate }: { candidate: ShownCandidate }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const [place, setPlace] = useState('')
  const [disclose, setDisclose] = useState<string[]>([])
  const decide = useMutation({
    mutationFn: (decision: 'hit' | 'no-hit') =>
      ask<{ hit: string | null }>(`/api/v1/candidates/${candidate.id}/decision`, {
        method: 'POST',
        body: { decision, note, place: place.trim() === '' ? null : place, disclose },
      }),
    onSuccess: ({ hit }) => navigate({ to: (hit === null ? '/today' : `/hits/${hit}`) as '/today' }),
  })
  const ready = note.trim().length >= 3
  return (
    <Stack gap="sm" component="section" aria-label={t('screening.decision')}>
      <Textarea
        label={t('screening.note')}
        description={t('screening.noteText')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2_000}
        {...anyDirection}
        required
      />
      <TextInput
        label={t('screening.place')}
        value={place}
        maxLength={200}
        {...anyDirection}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      <TellFields tellable={candidate.tellable} told={disclose} onChange={setDisclose} />
      {decide.error !== null && <Failed cause={decide.error} />}
      <Group gap="sm">
        <Button disabled={!ready} loading={decide.isPending} onClick={() => decide.mutate('hit')}>
          {t('screening.isHit')}
        </Button>
        <Button variant="default" disabled={!ready || decide.isPending} onClick={() => decide.mutate('no-hit')}>
          {t('screening.isNoHit')}
        </Button>
      </Group>
    </Stack>
  )
}
