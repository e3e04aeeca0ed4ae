import { describe, expect, it } from 'vitest'
import { keepAnswers } from '#capabilities/exercise/altered-copy'

const leaves = [0, 1, 2, 3].map((index) => ({
  index,
  entry: index === 3 ? null : { act: 'view', outcome: 'permitted' },
}))

describe('keepAnswers', () => {
  it('gives the same answers again with the outcome of one readable entry altered, and asks nothing more', async () => {
    const asked: string[] = []
    const kept = keepAnswers(async (path) => {
      asked.push(path)
      return (path.includes('/leaves') ? { leaves, next: null } : { size: 4 }) as never
    })
    await kept.ask('/api/v1/audit/leaves?from=0')
    await kept.ask('/api/v1/audit/checkpoint')
    const { ask, index } = kept.alter()
    const copy = await ask<{ leaves: typeof leaves; next: null }>('/api/v1/audit/leaves?from=0')
    expect(index).toBe(1)
    expect(copy.leaves.filter((it, at) => JSON.stringify(it) !== JSON.stringify(leaves[at]))).toEqual([
      { index: 1, entry: { act: 'view', outcome: 'failed' } },
    ])
    expect(await ask('/api/v1/audit/checkpoint')).toEqual({ size: 4 })
    expect(asked).toHaveLength(2)
  })

  it('alters nothing where no entry can be read', async () => {
    const kept = keepAnswers(async () => ({ leaves: leaves.slice(3), next: null }) as never)
    await kept.ask('/api/v1/audit/leaves?from=0')
    expect(kept.alter().index).toBeUndefined()
  })
})
