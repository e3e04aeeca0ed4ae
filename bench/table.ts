import type { Measured } from './bench.ts'

const widths = [34, 12, 12, 12, 9]

/** Prints each result as it comes, so that a person sees that something happens. */
export function openTable() {
  const line = (cells: readonly string[]) =>
    console.log(
      cells
        .map((it, at) => (at === 0 || at > 4 ? it.padEnd(widths[at] ?? 0) : it.padStart(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
  return {
    head(machine: string): void {
      console.log(`${machine}\n`)
      line(['metric', 'value', 'unit', 'baseline', 'ratio', 'baseline is'])
    },
    row({ metric, value, unit, baseline, ratio }: Measured, meaning = ''): void {
      line([metric, shown(value), unit, shown(baseline), shown(ratio), baseline === undefined ? '' : meaning])
    },
  }
}

function shown(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
