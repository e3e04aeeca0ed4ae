/** How many of how many. */
export type Share = readonly [some: number, all: number]

export function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): Share {
  return [items.filter(holds).length, items.length]
}

/** A share in per cent, no finer than the count bears. */
export function percent([some, all]: Share): string {
  if (all === 0) return 'none asked'
  const value = (100 * some) / all
  return `${value.toFixed(value < 10 && all >= 200 ? 2 : 1)} %`
}

const normal95 = 1.96

/** Within which the share of all such lies in 19 of 20 cases (Wilson 1927). */
export function interval([some, all]: Share): readonly [from: number, to: number] {
  if (all === 0) return [0, 1]
  const share = some / all
  const square = normal95 ** 2
  const middle = share + square / (2 * all)
  const reach = normal95 * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2))
  const whole = 1 + square / all
  return [Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)]
}

export function intervalText(share: Share): string {
  const [from, to] = interval(share)
  return `${(from * 100).toFixed(1)} to ${(to * 100).toFixed(1)}`
}

/** The share of several sets taken as one. */
export function together(...shares: readonly Share[]): Share {
  return [shares.reduce((sum, [some]) => sum + some, 0), shares.reduce((sum, [, all]) => sum + all, 0)]
}
