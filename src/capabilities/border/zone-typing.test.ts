import { describe, expect, it } from 'vitest'
import { isWholeZone } from '#capabilities/border/zone-typing'

describe('isWholeZone', () => {
  it.each([
    [30, 3],
    [36, 2],
    [44, 2],
  ])('holds at the end of the last line of %i characters, and not before', (length, lines) => {
    const line = '<'.repeat(length)
    expect(isWholeZone(Array.from({ length: lines }, () => line).join('\n'))).toBe(true)
    expect(isWholeZone(Array.from({ length: lines - 1 }, () => line).join('\n'))).toBe(false)
  })
})
