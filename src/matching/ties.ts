/** Puts those first, among neighbours that are equal, of which `worth` says more; only as far as the first so many are concerned. */
export function settleTies<Item>(
  items: Item[],
  first: number,
  { areEqual, worth }: { readonly areEqual: (a: Item, b: Item) => boolean; readonly worth: (item: Item) => number },
): void {
  for (let from = 0; from < first && from < items.length; ) {
    let end = from + 1
    while (end < items.length && areEqual(items[from]!, items[end]!)) end++
    if (end - from > 1) {
      const run = items.slice(from, end).map((item) => ({ item, worth: worth(item) }))
      run.sort((a, b) => b.worth - a.worth)
      for (const [at, { item }] of run.entries()) items[from + at] = item
    }
    from = end
  }
}

/** How many pairs of neighbouring letters names share with one as they are written, cases apart, 0 to 1 (Dice). */
export function letterLikeness(name: string): (other: string) => number {
  const own = pairsOf(name)
  return (other) => {
    const left = pairsOf(other)
    const total = own.length + left.length
    let shared = 0
    for (const pair of own) {
      const at = left.indexOf(pair)
      if (at < 0) continue
      left[at] = -1
      shared++
    }
    return (2 * shared) / total
  }
}

function pairsOf(name: string): number[] {
  const text = ` ${name.toLowerCase()} `
  const pairs: number[] = []
  for (let at = 1; at < text.length; at++) pairs.push(text.charCodeAt(at - 1) * 2 ** 16 + text.charCodeAt(at))
  return pairs
}
