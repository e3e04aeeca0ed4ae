import { rangeOf, tailOf } from '#capabilities/documents/range'

/** Numbers in a row that one record declares alike. */
export interface NumberRow {
  readonly low: number
  readonly high: number
  readonly place: number
  readonly saying: number
}

/** The rows of numbers that are declared, by issuer, length and what they begin with. */
export interface NumberRows {
  put(
    issuer: number,
    range: { readonly from: string; readonly to: string },
    said: Omit<NumberRow, 'low' | 'high'>,
  ): void
  /** Drops what the record at this place declares. */
  drop(place: number): void
  /** Asks which rows a number stands in, issuer by issuer. */
  asking(number: string): ((issuer: number, visit: (place: number, saying: number) => void) => void) | undefined
  /** All of them as they are now, for a file. */
  readonly contents: readonly (readonly [key: string, rows: readonly NumberRow[]])[]
}

export function createNumberRows(kept: NumberRows['contents'] = []): NumberRows {
  const rows = new Map<string, readonly NumberRow[]>(kept)
  return {
    put(issuer, { from, to }, said) {
      const { prefix, length, low, high } = rangeOf(from, to)!
      const key = keyOf(issuer, length, prefix)
      rows.set(key, [...(rows.get(key) ?? []), { low, high, ...said }])
    },
    drop(place) {
      for (const [key, all] of rows) {
        const staying = all.filter((it) => it.place !== place)
        if (staying.length === 0) rows.delete(key)
        else if (staying.length < all.length) rows.set(key, staying)
      }
    },
    asking(number) {
      const tail = rows.size === 0 ? null : tailOf(number)
      if (tail === null) return undefined
      return (issuer, visit) => {
        for (const it of rows.get(keyOf(issuer, number.length, tail.prefix)) ?? [])
          if (it.low <= tail.tail && tail.tail <= it.high) visit(it.place, it.saying)
      }
    },
    get contents() {
      return [...rows]
    },
  }
}

const keyOf = (issuer: number, length: number, prefix: string) => `${issuer} ${length} ${prefix}`
