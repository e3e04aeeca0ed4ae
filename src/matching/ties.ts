import { fold } from '#matching/fold'

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

/** How many pairs of neighbouring letters two names share as they are written, 0 to 1 (Dice). */
export function letterLikeness(a: string, b: string): number {
  const [own, other] = [pairsOf(a), pairsOf(b)]
  const left = [...other]
  let shared = 0
  for (const pair of own) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    left.splice(at, 1)
    shared++
  }
  return own.length + other.length === 0 ? 0 : (2 * shared) / (own.length + other.length)
}

function pairsOf(name: string): readonly string[] {
  const text = ` ${fold(name)} `
  return Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2))
}
