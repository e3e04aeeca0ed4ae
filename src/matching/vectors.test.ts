import { describe, expect, it } from 'vitest'
import type { TokenRule } from '#matching/candidate'
import { createMatchingIndex } from '#matching/name-index'
import type { SchemaName } from '#matching/schemas'
import vectors from './vectors.json' with { type: 'json' }

interface Pair {
  readonly query: string
  readonly candidate: string
  readonly schema?: string
  readonly least?: number
  readonly most?: number
  readonly rules?: readonly string[]
}

const matches: readonly Pair[] = vectors.matches
const differs: readonly Pair[] = vectors.differs
const index = createMatchingIndex()
const ids = new Map<string, string>()
for (const pair of [...matches, ...differs]) {
  if (ids.has(pair.candidate)) continue
  ids.set(pair.candidate, `e${ids.size}`)
  index.put({
    id: ids.get(pair.candidate)!,
    schema: (pair.schema ?? 'Person') as SchemaName,
    properties: { name: [pair.candidate] },
  })
}

function find({ query, candidate, schema = 'Person' }: Pair) {
  const entity = { id: 'query', schema: schema as SchemaName, properties: { name: [query] } }
  return index.search(entity, { threshold: 0, limit: 50 }).find((found) => found.id === ids.get(candidate))
}

describe('vectors', () => {
  it.each(matches)('$query is $candidate', (pair) => {
    const found = find(pair)
    expect(found?.score ?? 0).toBeGreaterThanOrEqual(pair.least ?? 1)
    const rules: readonly TokenRule[] = found?.evidence.tokens.map((token) => token.rule) ?? []
    for (const rule of pair.rules ?? []) expect(rules).toContain(rule)
  })

  it.each(differs)('$query is not $candidate', (pair) => {
    expect(find(pair)?.score ?? 0).toBeLessThan(pair.most ?? 0)
  })
})
