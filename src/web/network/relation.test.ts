import { describe, expect, it } from 'vitest'
import { inventGraph } from './exercise-graph'
import { drawnOf, relationsByNode } from './relation'

const node = (id: string) => ({ id, label: id, schema: 'Person' })
const edge = (from: string, to: string, schema = 'Associate') => ({
  id: `${from}${to}${schema}`,
  from,
  to,
  label: '',
  schema,
})
const graph = {
  nodes: ['a', 'b', 'c', 'd', 'e'].map(node),
  edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'd', 'Family'), edge('d', 'e'), edge('a', 'nobody')],
}
const ids = (drawn: { nodes: readonly { id: string }[] }) => drawn.nodes.map((it) => it.id).join('')

describe('drawnOf', () => {
  it('draws everything but relations to what is not there', () => {
    const drawn = drawnOf(graph, { hidden: new Set() })
    expect(ids(drawn)).toBe('abcde')
    expect(drawn.edges).toHaveLength(4)
  })

  it('draws what is within so many steps, and does not go along relations that are left out', () => {
    expect(ids(drawnOf(graph, { hidden: new Set(), around: { ids: ['a'], steps: 2 } }))).toBe('abc')
    expect(ids(drawnOf(graph, { hidden: new Set(), around: { ids: ['a'], steps: 9 } }))).toBe('abcde')
    expect(ids(drawnOf(graph, { hidden: new Set(['Family']), around: { ids: ['a'], steps: 9 } }))).toBe('abc')
  })

  it('adds the neighbours of what was expanded', () => {
    const scope = { hidden: new Set<string>(), around: { ids: ['a'], steps: 1 } }
    expect(ids(drawnOf(graph, { ...scope, expanded: new Set(['b', 'e']) }))).toBe('abc')
  })

  it('draws nothing around a node that is not there', () => {
    expect(ids(drawnOf(graph, { hidden: new Set(), around: { ids: ['nobody'], steps: 2 } }))).toBe('')
  })
})

describe('relationsByNode', () => {
  it('counts a relation of a node with itself once', () => {
    expect(relationsByNode([edge('a', 'a'), edge('a', 'b')]).get('a')).toHaveLength(2)
  })
})

describe('inventGraph', () => {
  it('is as large as asked, the same every time, and has both ends of every relation', () => {
    const graph = inventGraph(500, 2_000)
    expect(graph).toEqual(inventGraph(500, 2_000))
    expect(graph.nodes).toHaveLength(500)
    expect(drawnOf(graph, { hidden: new Set() }).edges).toHaveLength(2_000)
  })
})
