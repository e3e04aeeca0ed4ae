/** The similarity that most screening products start from (Winkler 1990), 0 to 1, over UTF-16 code units. */
export function jaroWinkler(a: string, b: string): number {
  const shorter = a.length <= b.length ? a : b
  const longer = a.length <= b.length ? b : a
  if (shorter.length === 0) return 0
  const reach = Math.max(0, (longer.length >> 1) - 1)
  takenShort.fill(0, 0, shorter.length)
  takenLong.fill(0, 0, longer.length)
  let common = 0
  for (let at = 0; at < shorter.length; at++) {
    const unit = shorter.charCodeAt(at)
    const last = Math.min(longer.length - 1, at + reach)
    for (let other = Math.max(0, at - reach); other <= last; other++) {
      if (takenLong[other] === 1 || longer.charCodeAt(other) !== unit) continue
      takenShort[at] = 1
      takenLong[other] = 1
      common++
      break
    }
  }
  if (common === 0) return 0
  let exchanged = 0
  let other = 0
  for (let at = 0; at < shorter.length; at++) {
    if (takenShort[at] === 0) continue
    while (takenLong[other] === 0) other++
    if (shorter.charCodeAt(at) !== longer.charCodeAt(other)) exchanged++
    other++
  }
  const jaro = (common / a.length + common / b.length + (common - exchanged / 2) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < shorter.length && shorter[prefix] === longer[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

const longest = 1_024
const takenShort = new Uint8Array(longest)
const takenLong = new Uint8Array(longest)

/** The names most like a query, best first, found by comparing it with every one. */
export function scanNames(query: string, names: readonly string[], limit: number): { name: string; score: number }[] {
  const best: { name: string; score: number }[] = []
  for (const name of names) {
    const score = jaroWinkler(query, name)
    if (best.length === limit && score <= best[limit - 1]!.score) continue
    best.push({ name, score })
    best.sort((a, b) => b.score - a.score)
    if (best.length > limit) best.pop()
  }
  return best
}
