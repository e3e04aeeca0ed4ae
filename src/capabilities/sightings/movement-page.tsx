import './sightings.css'
import { Alert, Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { Empty, Failed, Slow } from '../../web/design/states'
import { DraftsList, type ListedDraft } from '../../web/drafts-list'
import { useNode } from '../../web/node'
import { countryName } from '../../web/places/place'
import { ForWork } from '../../web/work-bar'
import { Legs } from './console-legs'
import { Same } from './console-same'
import type { ShownMovement } from './console-shapes'
import { Sightings } from './console-sightings'
import { WhereAndWhen } from './console-where'

/** The way of one subject, from what this person may see of it: what calls for a question, where and when, leg by leg. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t } = useTranslation()
  const { work } = useNode()
  return (
    <>
      {work === undefined && (
        <Title order={1} size="h3">
          {t('sightings.movement')}
        </Title>
      )}
      <ForWork>
        <Way key={id} id={id} />
      </ForWork>
    </>
  )
}

/** Types of record after whose changes the way is read again. */
const types = ['sighting', 'hit', 'confirmation', 'notice-report', 'merge', 'merge-suggestion']

function Way({ id }: { id: string }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', [...types, id], 'movement', id, work],
    queryFn: () => ask<ShownMovement>(`/api/v1/movements/${id}`),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow />
  const { sightings, legs, limits } = data
  return (
    <>
      <Head movement={data} />
      <Same movement={data} />
      {sightings.length === 0 ? (
        <Empty title={t('sightings.none')}>{t('sightings.noneText')}</Empty>
      ) : (
        <>
          <Countries movement={data} />
          <Legs legs={legs} limits={limits} />
          <WhereAndWhen movement={data} />
          <Sightings id={id} sightings={sightings} />
        </>
      )}
      <LeftOut movement={data} />
    </>
  )
}

function Head({ movement: { about } }: { movement: ShownMovement }) {
  const { t } = useTranslation()
  const done = useLocation({ select: (it) => (it.state as { done?: 'sent' | 'kept' | 'waits' | 'corrected' }).done })
  const page = about.type === 'subject' ? `/subjects/${about.id}` : `/records/${about.id}`
  return (
    <header>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h3">
            {t('sightings.wayOf')} <bdi>{about.caption}</bdi>
          </Title>
          <p className="under">
            <MemberName id={about.owner} /> · <Link to={page as '/today'}>{t('sightings.openRecord')}</Link>
          </p>
        </div>
        <Group gap="sm">
          <Button
            renderRoot={(props) => (
              <Link to={'/sightings/new' as '/today'} search={{ about: about.id } as never} {...props} />
            )}
          >
            {t('sightings.new')}
          </Button>
          <Help about={t('sightings.movement')} rule={t('sightings.help.rule')}>
            <p>{t('sightings.help.way')}</p>
            <p>{t('sightings.help.marks')}</p>
          </Help>
        </Group>
      </Group>
      {/* Stays in place, so that what is put into it is read out. */}
      <p role="status">{done !== undefined && t(`sightings.done.${done}`)}</p>
      {about.discreet && (
        <Alert variant="outline" color="yellow" mb="md">
          {t('sightings.discreetText')}
        </Alert>
      )}
      <DraftsList kinds={['sighting', 'sighting-change']} quiet hrefOf={hrefOfDraft} />
    </header>
  )
}

function hrefOfDraft({ key, kind }: ListedDraft): string {
  const id = key.slice(kind.length + 1)
  return kind === 'sighting' ? `/sightings/new?about=${id}` : `/sightings/${id}/edit`
}

function Countries({ movement: { countries } }: { movement: ShownMovement }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="way-countries" aria-labelledby="countries">
      <Title order={2} size="h4" id="countries">
        {t('sightings.countries', { number: countries.length })}
      </Title>
      {countries.length > 0 && (
        <ol>
          {countries.map((it) => (
            <li key={`${it.country} ${it.from}`}>
              <bdi>{countryName(it.country, i18n.language)}</bdi>{' '}
              <span className="under">{t('sightings.times', { number: it.sightings })}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function LeftOut({ movement: { leftOut, more } }: { movement: ShownMovement }) {
  const { t } = useTranslation()
  const said = (['refuted', 'suspended', 'unread'] as const).filter((it) => leftOut[it] > 0)
  return (
    <div className="under">
      {said.map((it) => (
        <p key={it}>{t(`sightings.leftOut.${it}`, { number: leftOut[it] })}</p>
      ))}
      {more && <p>{t('sightings.more')}</p>}
    </div>
  )
}
