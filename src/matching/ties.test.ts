import { describe, expect, it } from 'vitest'
import { letterLikeness, settleTies } from '#matching/ties'

describe('settleTies', () => {
  const settled = (items: string[], first: number) => {
    const [areEqual, worth] = [(a: string, b: string) => a[0] === b[0], (item: string) => item.length]
    settleTies(items, first, { areEqual, worth })
    return items
  }

  it('orders equals by what they are worth, and leaves the order of those that are worth as much', () => {
    expect(settled(['a', 'a22', 'a33', 'b'], 1)).toEqual(['a22', 'a33', 'a', 'b'])
  })

  it('leaves what is beyond the first as it is', () => {
    expect(settled(['a1', 'b', 'b22'], 1)).toEqual(['a1', 'b', 'b22'])
    expect(settled([], 3)).toEqual([])
  })
})

describe('letterLikeness', () => {
  it('is 1 for a name in other cases, and falls with every letter that differs', () => {
    const likeness = letterLikeness('Yusuf Tarhuni')
    expect(likeness('YUSUF TARHUNI')).toBe(1)
    expect(likeness('Yousef Tarhouni')).toBeLessThan(0.9)
    expect(likeness('Petra Novak')).toBeLessThan(0.2)
    expect(likeness('')).toBe(0)
  })
})
