import { describe, expect, it } from 'vitest'
import { capabilities } from '#capabilities/index'
import { literalsFirst } from '#http/app'
import { fullPath } from '#http/operation'

const operations = literalsFirst(capabilities.flatMap((it) => it.operations ?? []))

/** Whether a request for the second would be answered by the first. */
function covers(first: string, second: string): boolean {
  const [one, other] = [first.split('/'), second.split('/')]
  return one.length === other.length && one.every((it, at) => it === other[at] || it.startsWith('{'))
}

describe('the routes of a node', () => {
  it('leave every operation within reach: none stands before another that it answers in the place of', () => {
    const hidden = operations.flatMap((it, at) =>
      operations
        .slice(0, at)
        .filter((before) => before.method === it.method && covers(fullPath(before), fullPath(it)))
        .map((before) => `${it.id} behind ${before.id}`),
    )
    expect(hidden).toEqual([])
    expect(operations.some((it) => it.path === '/notices/waiting')).toBe(true)
  })
})
