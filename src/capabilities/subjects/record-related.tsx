import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { captionOf } from '#capabilities/subjects/caption'
import type { Subject } from '#capabilities/subjects/record'
import { Statements } from '../../web/design/statements'
import { Empty, Failed, Slow } from '../../web/design/states'
import type { NetworkEdge, NetworkNode } from '../../web/network/relation'
import { useAsk } from '../../web/node'
import { useRows } from './record-facts'
import type { ShownSubject } from './record-page'

const Network = lazy(async () => ({ default: (await import('../../web/network/network')).Network }))

interface Related {
  readonly records: readonly { id: string; caption: string; schema: string; owner: string; state: string }[]
  readonly towards: readonly {
    record: string
    key: string
    schema: string
    reversed: boolean
    statements: Subject['statements']
  }[]
}

/** How the subject stands to others: drawn, and as tables. Of our own, a relation is drawn in the graph and written in the form. */
export function Related({ record, edits }: { record: ShownSubject; edits: boolean }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['subject', record.id], 'related', record.id, record.version],
    queryFn: () => ask<Related>(`/api/v1/subjects/${record.id}/related`),
  })
  const drawn = useDrawn(record, data)
  const edit = (search: object) =>
    void navigate({ to: `/subjects/${record.id}/edit` as '/today', search: search as never })
  const found = (id: string) => data?.records.some((it) => it.id === id) === true
  return (
    <section className="record-section" aria-labelledby="relations">
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4" id="relations">
          {t('subjects.form.relations')}
        </Title>
        {edits && (
          <Button variant="default" size="xs" className="screen-only" onClick={() => edit({ relate: 'new' })}>
            {t('subjects.form.addRelation')}
          </Button>
        )}
      </Group>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow lines={3} />}
      {data !== undefined && drawn.edges.length === 0 && (
        <Empty title={t('subjects.related.none')}>{t('subjects.related.noneText')}</Empty>
      )}
      {drawn.edges.length > 0 && (
        <Suspense fallback={<Slow lines={6} />}>
          <Network
            nodes={drawn.nodes}
            edges={drawn.edges}
            focus={record.id}
            mark={`TLP:${record.handling.tlp} · ${record.caption}`}
            {...(edits
              ? {
                  onConnect: (from: string, to: string) => {
                    const other = from === record.id ? to : from
                    if (found(other)) edit({ relate: other })
                    else edit({ relation: other.split(':')[1] })
                  },
                  onEdit: (edge: NetworkEdge) => {
                    if (edge.id.startsWith(own)) edit({ relation: edge.id.slice(own.length) })
                    else void navigate({ to: `/subjects/${edge.id.split(':')[1]}` as '/today' })
                  },
                }
              : {})}
          />
        </Suspense>
      )}
      <RelationTables record={record} related={data} />
    </section>
  )
}

const own = 'own:'

function useDrawn(record: ShownSubject, related: Related | undefined): { nodes: NetworkNode[]; edges: NetworkEdge[] } {
  const { t } = useTranslation()
  return useMemo(() => {
    const nodes = new Map<string, NetworkNode>([
      [record.id, { id: record.id, label: record.caption, schema: record.body.schema }],
    ])
    for (const { id, caption, schema, owner, state } of related?.records ?? [])
      nodes.set(id, {
        id,
        label: caption,
        schema,
        note: state === 'active' ? owner : `${owner} · ${t(`web.record.states.${state}`)}`,
        href: `/subjects/${id}`,
      })
    const edges: NetworkEdge[] = []
    const dates = (statements: Subject['statements']) => {
      const said = (property: string) => Object.values(statements).find((it) => it.property === property)?.value
      const [since, until] = [said('startDate'), said('endDate')]
      return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
    }
    const label = (schema: string, statements: Subject['statements']) =>
      Object.values(statements).find((it) => it.property === 'relationship' || it.property === 'role')?.value ??
      t(`subjects.schemata.${schema}`)
    for (const [key, { schema, other, reversed, statements }] of Object.entries(record.body.relations)) {
      const id = 'record' in other ? other.record : `named:${key}`
      if (!nodes.has(id))
        nodes.set(
          id,
          'record' in other
            ? { id, label: t('subjects.related.notHere'), schema: 'Person', weak: true }
            : { id, label: captionOf(other), schema: other.schema, weak: true },
        )
      const [from, to] = reversed ? [id, record.id] : [record.id, id]
      edges.push({ id: `${own}${key}`, from, to, label: label(schema, statements), schema, ...dates(statements) })
    }
    for (const { record: id, key, schema, reversed, statements } of related?.towards ?? []) {
      const [from, to] = reversed ? [record.id, id] : [id, record.id]
      edges.push({
        id: `towards:${id}:${key}`,
        from,
        to,
        label: label(schema, statements),
        schema,
        ...dates(statements),
      })
    }
    return { nodes: [...nodes.values()], edges }
  }, [record, related, t])
}

/** The same in words: for paper, and for what the graph has no room for. */
function RelationTables({ record, related }: { record: ShownSubject; related: Related | undefined }) {
  const { t } = useTranslation()
  const rowsAt = useRows(record)
  return Object.entries(record.body.relations).map(([key, { schema, other, reversed, statements }]) => {
    const named = !('record' in other)
    const known = named ? undefined : related?.records.find((it) => it.id === other.record)
    const rows = [
      ...(named ? rowsAt(`/body/relations/${key}/other/statements`, other.schema, other.statements) : []),
      ...rowsAt(`/body/relations/${key}/statements`, schema, statements),
    ]
    const end = t(`subjects.ends.${schema}.${reversed ? 'second' : 'first'}`)
    return (
      <div key={key} className="relation-table">
        <p>
          <strong>{t(`subjects.schemata.${schema}`)}</strong> · {t('subjects.form.end')}: {end}
          {!named && (
            <>
              {' · '}
              <Link to={`/subjects/${other.record}` as '/today'}>
                <bdi>{known?.caption ?? other.record}</bdi>
              </Link>
            </>
          )}
        </p>
        {rows.length > 0 && (
          <Statements caption={named ? captionOf(other) : t('subjects.form.aboutRelation')} rows={rows} />
        )}
      </div>
    )
  })
}
