import { useReducedMotion } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../design/states'
import { NetworkCanvas } from './canvas'
import { NetworkList } from './list'
import './network.css'
import { savePicture } from './picture'
import { drawnOf, type NetworkEdge, type NetworkNode } from './relation'
import type { Stage } from './stage'
import { NetworkTools, type Steps } from './tools'

export interface NetworkProps {
  readonly nodes: readonly NetworkNode[]
  readonly edges: readonly NetworkEdge[]
  /** The node that it is about: chosen first, and the middle when only what is near is drawn. */
  readonly focus?: string
  /** Opens a node: its record. Without it nodes with an `href` are links. */
  readonly onOpen?: (id: string) => void
  /** Somebody drew a relation. The graph keeps nothing: whoever shows it asks for the rest and stores it. */
  readonly onConnect?: (from: string, to: string) => void
  /** Somebody wants to change or end a relation. */
  readonly onEdit?: (edge: NetworkEdge) => void
  /** Somebody wants the relations of a node that may not all be here. */
  readonly onExpand?: (id: string) => void
  /** What a picture that is saved says below it: a handling mark, a name of a record. */
  readonly mark?: string
  /** Draws everything all the time, however large. For measuring. */
  readonly unsparing?: boolean
}

/** Relations as a graph to see and as tables to read; each does what the other does. */
export function Network(props: NetworkProps) {
  const { nodes, edges, focus, onOpen, onConnect, onEdit, onExpand, mark, unsparing = false } = props
  const { t } = useTranslation()
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false }) ?? false
  const frame = useRef<HTMLElement>(null)
  const stage = useRef<Stage>(null)
  const [chosen, setChosen] = useState(focus)
  const [from, setFrom] = useState<string>()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [steps, setSteps] = useState<Steps>('all')
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const [labels, setLabels] = useState(true)
  const [, repin] = useReducer((count: number) => count + 1, 0)
  const navigate = useNavigate()
  const drawn = useMemo(() => {
    const around = steps === 'all' || focus === undefined ? undefined : { ids: [focus], steps: Number(steps) }
    return drawnOf({ nodes, edges }, { hidden, expanded, ...(around === undefined ? {} : { around }) })
  }, [nodes, edges, hidden, steps, focus, expanded])
  const byId = useMemo(() => new Map(nodes.map((it) => [it.id, it])), [nodes])

  const choose = (id: string) => {
    if (from !== undefined && from !== id) {
      onConnect?.(from, id)
      setFrom(undefined)
    }
    setChosen(id)
    stage.current?.reveal(id)
  }
  const open = (id: string) => {
    const href = byId.get(id)?.href
    if (onOpen !== undefined) onOpen(id)
    else if (href !== undefined) void navigate({ to: href as '/today' })
  }
  const expand = (id: string) => {
    setExpanded((now) => new Set(now).add(id))
    onExpand?.(id)
  }
  const pin = (id: string) => {
    stage.current?.pin(id, !stage.current.isPinned(id))
    repin()
  }

  if (nodes.length === 0) return <Empty title={t('network.none')}>{t('network.noneText')}</Empty>
  return (
    <section className="network" ref={frame} aria-label={t('network.title')}>
      <NetworkTools
        stage={stage}
        frame={frame}
        edges={edges}
        hidden={hidden}
        onHidden={setHidden}
        {...(focus === undefined ? {} : { steps, onSteps: setSteps })}
        labels={labels}
        onLabels={setLabels}
        onSave={() => stage.current !== null && savePicture(stage.current.picture(), { mark, frame: frame.current! })}
      />
      {from !== undefined && (
        <p className="network-drawing" role="status">
          {t('network.drawing', { name: byId.get(from)?.label })}{' '}
          <button type="button" onClick={() => setFrom(undefined)}>
            {t('web.cancel')}
          </button>
        </p>
      )}
      <div className="network-sides">
        <NetworkCanvas
          stageRef={stage}
          drawn={drawn}
          chosen={chosen}
          from={from}
          labels={labels}
          still={still}
          unsparing={unsparing}
          onChoose={choose}
          onOpen={open}
          onEdge={(id) => {
            const edge = edges.find((it) => it.id === id)
            if (edge !== undefined) onEdit?.(edge)
          }}
          onLeave={() => setFrom(undefined)}
          onPinned={repin}
        />
        <NetworkList
          drawn={drawn}
          chosen={chosen}
          from={from}
          onChoose={choose}
          onOpen={onOpen === undefined ? undefined : open}
          onConnect={onConnect === undefined ? undefined : setFrom}
          onEdit={onEdit}
          onExpand={steps === 'all' && onExpand === undefined ? undefined : expand}
          onPin={pin}
          isPinned={(id) => stage.current?.isPinned(id) ?? false}
        />
      </div>
    </section>
  )
}
