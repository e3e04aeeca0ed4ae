import { Button, Group, NumberInput, Stack, Textarea, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { AlertMet } from './alert-met'
import './border.css'
import type { ShownCandidate } from './shown'

/** A traveller beside the alert: a person compares, and says whether it is probably the same. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['border-candidate', id], 'one', id],
    queryFn: () => ask<ShownCandidate>(`/api/v1/border/candidates/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  return data === undefined ? <Slow /> : <Candidate candidate={data} />
}

function Candidate({ candidate }: { candidate: ShownCandidate }) {
  const { t } = useTranslation()
  const { presented, place, source, sourceId, state, hit, changed, note } = candidate
  return (
    <Stack gap="md">
      <header>
        <Title order={1} size="h3">
          {t('border.candidate')}: <bdi>{presented.names[0] ?? t('border.noName')}</bdi>
        </Title>
        <p className="under">
          <bdi>{place.desk}</bdi> · {t(`border.directions.${place.direction}`)}
          {place.transport !== null && (
            <>
              {' · '}
              <bdi dir="ltr">{place.transport}</bdi>
            </>
          )}
          {' · '}
          <Moment at={place.at} />
          {source === 'message' && (
            <>
              {' · '}
              <Link to={`/border/messages/${sourceId}` as '/today'}>{t('border.message')}</Link>
            </>
          )}
        </p>
      </header>
      <p role="status">
        {t(`border.candidateStates.${state}`)}{' '}
        {hit !== null && <Link to={`/border/hits/${hit}` as '/today'}>{t('border.openHit')}</Link>}
      </p>
      {note !== null && note !== '' && (
        <p>
          <bdi>{note}</bdi>
        </p>
      )}
      {changed && <p className="warns-line">{t('border.changed')}</p>}
      <AlertMet met={candidate} />
      {state === 'open' && <Decide candidate={candidate} />}
    </Stack>
  )
}

function Decide({ candidate: { id, strength } }: { candidate: ShownCandidate }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const [companions, setCompanions] = useState<number | string>(0)
  const decide = useMutation({
    mutationFn: (decision: 'probably-same' | 'different') =>
      ask(`/api/v1/border/candidates/${id}/decision`, {
        method: 'POST',
        body: { decision, note, companions: Number(companions) || 0 },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  return (
    <form aria-label={t('border.decide')} onSubmit={(event) => event.preventDefault()}>
      <Stack gap="sm">
        <Textarea
          label={t('border.note')}
          description={t(strength === 'name' ? 'border.noteOfName' : 'border.noteText')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={2_000}
          attributes={{ input: { dir: 'auto' } }}
        />
        <NumberInput
          label={t('border.companionsCount')}
          description={t('border.companionsText')}
          value={companions}
          onChange={setCompanions}
          min={0}
          max={500}
          allowDecimal={false}
          maw={240}
        />
        {decide.error !== null && <Failed cause={decide.error} />}
        <Group>
          <Button loading={decide.isPending} onClick={() => decide.mutate('probably-same')}>
            {t('border.probablySame')}
          </Button>
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('different')}>
            {t('border.different')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
