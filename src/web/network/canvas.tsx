import { useComputedColorScheme } from '@mantine/core'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { nodeSchemata } from '#protocol/vocabulary'
import { Failed, Slow } from '../design/states'
import { lookOf } from './look'
import { type Drawn, largeFrom } from './relation'
import type { Stage } from './stage'
import { type Direction, directions } from './walk'

interface CanvasProps {
  readonly stageRef: RefObject<Stage | null>
  readonly drawn: Drawn
  readonly chosen: string | undefined
  readonly from: string | undefined
  readonly labels: boolean
  readonly still: boolean
  readonly unsparing: boolean
  readonly onChoose: (id: string) => void
  readonly onOpen: (id: string) => void
  readonly onEdge: (id: string) => void
  /** Escape: what was begun is given up. */
  readonly onLeave: () => void
  readonly onPinned: () => void
}

/** The graph itself: moved with the pointer or with the keyboard. */
interface Arranged {
  readonly step: number
  readonly of: number
  /** When it began. */
  readonly since: number
}

export function NetworkCanvas(props: CanvasProps) {
  const { stageRef, drawn, chosen, from, labels, still, unsparing, onChoose, onOpen, onLeave } = props
  const { t, i18n } = useTranslation()
  const scheme = useComputedColorScheme()
  const keys = useId()
  const container = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const [ready, setReady] = useState(0)
  const [failure, setFailure] = useState<unknown>()
  const [arranged, setArranged] = useState<Arranged>()
  const [moving, setMoving] = useState(false)
  const large = drawn.edges.length > largeFrom && !unsparing
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    let gone = false
    const open = async () => {
      const { openStage } = await import('./stage')
      await document.fonts.ready
      if (gone) return
      stageRef.current = openStage(container.current!, overlay.current!, {
        large,
        still,
        look: lookOf(container.current!),
        events: {
          onChoose: (id) => latest.current.onChoose(id),
          onOpen: (id) => latest.current.onOpen(id),
          onEdge: (id) => latest.current.onEdge(id),
          onPinned: () => latest.current.onPinned(),
          onArranged: (step, of) =>
            setArranged((now) => ({ step, of, since: step === 0 || now === undefined ? Date.now() : now.since })),
          onMoving: setMoving,
        },
      })
      setReady((count) => count + 1)
    }
    open().catch(setFailure)
    return () => {
      gone = true
      stageRef.current?.dispose()
      stageRef.current = null
    }
  }, [large, still, stageRef])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage, or another theme, is painted anew
  useEffect(() => {
    stageRef.current?.paint(lookOf(container.current!))
  }, [ready, scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is given the graph
  useEffect(() => {
    stageRef.current?.draw(drawn)
  }, [ready, drawn])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is told what is chosen
  useEffect(() => {
    const letters = new Map<string, string>(nodeSchemata.map((it) => [it, t(`network.letters.${it}`)]))
    stageRef.current?.show({ chosen, from, labels, letterOf: (schema) => letters.get(schema) ?? '·' })
  }, [ready, chosen, from, labels, t, drawn])

  const press = (event: KeyboardEvent) => {
    const stage = stageRef.current
    if (stage === null || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key in directions) {
      const next = stage.next(chosen, key as Direction)
      if (next !== undefined) onChoose(next)
    } else if (key === 'Enter' && chosen !== undefined) onOpen(chosen)
    else if (key === '+' || key === '=') stage.zoom(1.5)
    else if (key === '-') stage.zoom(1 / 1.5)
    else if (key === '0') stage.fit()
    else if (key === 'Escape') {
      onLeave()
      container.current?.closest('.network')?.querySelector<HTMLElement>('input[type=search]')?.focus()
    } else return
    event.preventDefault()
  }

  const node = drawn.nodes.find((it) => it.id === chosen)
  const under = arranged !== undefined && arranged.step < arranged.of
  const left =
    under && arranged.step > 0 ? ((Date.now() - arranged.since) / arranged.step) * (arranged.of - arranged.step) : 0
  const progress =
    under &&
    t('network.arranging', {
      part: Math.round((100 * arranged.step) / arranged.of),
      left: numberFormat(i18n.language, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(
        Math.ceil(left / 1_000),
      ),
    })
  if (failure !== undefined) return <Failed cause={failure} />
  return (
    <div className="network-place" data-arranged={arranged !== undefined && !under}>
      <div
        className={`network-stage${large ? ' large' : ''}${large && under ? ' arranging' : ''}`}
        role="application"
        aria-label={t('network.graph', { nodes: drawn.nodes.length, edges: drawn.edges.length })}
        aria-describedby={keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is worked with the keys that its description names
        tabIndex={0}
        onKeyDown={press}
      >
        <div ref={container} className="network-canvas" />
        <canvas ref={overlay} className="network-over" />
        {ready === 0 && <Slow />}
        {under && large && <p className="network-wait">{progress}</p>}
      </div>
      <p className="network-status">
        <span role="status">
          {node !== undefined && (
            <>
              <bdi>{node.label}</bdi> ({t(`network.schemata.${node.schema}`, node.schema)})
            </>
          )}
        </span>
        {under && !large && <span>{progress}</span>}
        {large && <span>{t(moving ? 'network.sparingNow' : 'network.sparing')}</span>}
        <span id={keys} className="network-keys">
          {t('network.keys')}
        </span>
      </p>
    </div>
  )
}
