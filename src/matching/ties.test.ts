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
  it('is 1 for a name and its other cases and marks, and falls with every letter that differs', () => {
    expect(letterLikeness('Yusuf Tarhuni', 'YÚSUF TARHUNI')).toBe(1)
    expect(letterLikeness('Yusuf Tarhuni', 'Yousef Tarhouni')).toBeLessThan(0.9)
    expect(letterLikeness('Yusuf Tarhuni', 'Petra Novak')).toBeLessThan(0.2)
  })
})
