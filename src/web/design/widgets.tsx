import { Button, Group, Stack, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inventGraph } from '../network/exercise-graph'
import { Network } from '../network/network'
import type { NetworkEdge } from '../network/relation'
import { PlacesMap } from '../places/places-map'
import { Timeline } from '../timeline/timeline'
import { sampleGraph, sampleOccurrences, samplePlaces } from './widgets-sample'

/** Graph, map and timeline with invented data, and a graph as large as they come. */
export function Widgets() {
  const { t } = useTranslation()
  const { graph, unsparing } = useSearch({ strict: false }) as { graph?: string; unsparing?: boolean }
  const [large, setLarge] = useState(graph === 'large')
  const [drawn, setDrawn] = useState<readonly NetworkEdge[]>([])
  const [asked, setAsked] = useState('')
  const shown = useMemo(() => (large ? inventGraph(5_000, 20_000) : sampleGraph), [large])
  const edges = useMemo(() => [...shown.edges, ...drawn], [shown, drawn])
  return (
    <Stack gap="lg">
      <Title order={1} size="h3">
        {t('web.widgets')}
      </Title>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('network.title')}
        </Title>
        <Button variant="default" onClick={() => setLarge(!large)}>
          {t(large ? 'network.loadSmall' : 'network.loadLarge')}
        </Button>
      </Group>
      <Network
        key={String(large)}
        nodes={shown.nodes}
        edges={edges}
        {...(large ? {} : { focus: 'yusuf' })}
        mark="TLP:AMBER"
        unsparing={unsparing === true}
        onConnect={(from, to) =>
          setDrawn((now) => [
            ...now,
            { id: `own${now.length}`, from, to, label: t('network.schemata.UnknownLink'), schema: 'UnknownLink' },
          ])
        }
        onEdit={(edge) => setAsked(edge.id)}
      />
      <output className="under">{asked}</output>
      <Title order={2} size="h4">
        {t('places.title')}
      </Title>
      <PlacesMap places={samplePlaces} />
      <Title order={2} size="h4">
        {t('timeline.title')}
      </Title>
      <Timeline items={sampleOccurrences} />
    </Stack>
  )
}
