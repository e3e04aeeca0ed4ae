import { ActionIcon, Button, Checkbox, Popover, Select, Stack, Switch } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../design/help'
import type { NetworkEdge } from './relation'
import type { Stage } from './stage'

export type Steps = 'all' | '1' | '2' | '3'
const allSteps: readonly Steps[] = ['1', '2', '3', 'all']

interface ToolsProps {
  readonly stage: RefObject<Stage | null>
  readonly frame: RefObject<HTMLElement | null>
  readonly edges: readonly NetworkEdge[]
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
  readonly steps?: Steps
  readonly onSteps?: (steps: Steps) => void
  readonly labels: boolean
  readonly onLabels: (labels: boolean) => void
  readonly onSave: () => void
}

export function NetworkTools(props: ToolsProps) {
  const { stage, frame, edges, hidden, onHidden, steps, onSteps, labels, onLabels, onSave } = props
  const { t } = useTranslation()
  const counts = new Map<string, number>()
  for (const { schema } of edges) counts.set(schema, (counts.get(schema) ?? 0) + 1)
  const widen = () => (document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen())
  return (
    <div className="network-tools" role="toolbar" aria-label={t('network.tools')}>
      <ActionIcon.Group>
        {(
          [
            ['zoomIn', '+', () => stage.current?.zoom(1.5)],
            ['zoomOut', '−', () => stage.current?.zoom(1 / 1.5)],
            ['fit', '⤢', () => stage.current?.fit()],
          ] as const
        ).map(([name, sign, act]) => (
          <ActionIcon key={name} variant="default" size="lg" aria-label={t(`network.${name}`)} onClick={act}>
            <span aria-hidden="true">{sign}</span>
          </ActionIcon>
        ))}
      </ActionIcon.Group>
      <Button variant="default" size="xs" onClick={() => stage.current?.arrange()}>
        {t('network.arrange')}
      </Button>
      {steps !== undefined && (
        <Select
          size="xs"
          className="network-steps"
          aria-label={t('network.around')}
          value={steps}
          onChange={(it) => onSteps?.(it as Steps)}
          data={allSteps.map((it) => ({
            value: it,
            label: it === 'all' ? t('network.everything') : t('network.steps', { steps: it }),
          }))}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      <Popover position="bottom-start" withinPortal={false} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" size="xs">
            {hidden.size === 0
              ? t('network.kinds')
              : t('network.kindsSome', { shown: counts.size - hidden.size, all: counts.size })}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            {[...counts].map(([schema, count]) => (
              <Checkbox
                key={schema}
                label={`${t(`network.schemata.${schema}`, schema)} (${count})`}
                checked={!hidden.has(schema)}
                onChange={({ currentTarget: { checked } }) => {
                  const next = new Set(hidden)
                  if (checked) next.delete(schema)
                  else next.add(schema)
                  onHidden(next)
                }}
              />
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Switch
        size="sm"
        label={t('network.labels')}
        checked={labels}
        onChange={({ currentTarget }) => onLabels(currentTarget.checked)}
      />
      <span className="network-gap" />
      <Button variant="default" size="xs" onClick={onSave}>
        {t('network.save')}
      </Button>
      {document.fullscreenEnabled && (
        <Button variant="default" size="xs" onClick={() => void widen()}>
          {t('network.fullScreen')}
        </Button>
      )}
      <Help about={t('network.title')} inPlace>
        <p>{t('network.help')}</p>
        <p>{t('network.helpShapes')}</p>
      </Help>
    </div>
  )
}
