import { cutTo, padTo, printable, widthOf } from '#cli/printable'

const gap = 2
const narrowest = 8

/** A table as text. With a width, the widest columns give way until the rows fit; without, nothing is cut. */
export function tableOf(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): string {
  const clean = rows.map((row) => row.map(printable))
  const heads = columns.map(headOf)
  const widths = heads.map((head, at) => Math.max(widthOf(head), ...clean.map((row) => widthOf(row[at] ?? ''))))
  if (width !== undefined) shrink(widths, width)
  const line = (cells: readonly string[]) =>
    widths
      .map((room, at) =>
        at === widths.length - 1 ? cutTo(cells[at] ?? '', room) : padTo(cutTo(cells[at] ?? '', room), room),
      )
      .join(' '.repeat(gap))
      .trimEnd()
  return `${[heads, ...clean].map(line).join('\n')}\n`
}

/** `readVersion` → `READ VERSION` */
export function headOf(column: string): string {
  return column
    .replaceAll('.', ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toUpperCase()
}

function shrink(widths: number[], room: number): void {
  const total = () => widths.reduce((sum, it) => sum + it, 0) + gap * (widths.length - 1)
  while (total() > room) {
    const widest = Math.max(...widths)
    if (widest <= narrowest) return
    const next = Math.max(narrowest, ...widths.filter((it) => it < widest))
    const at = widths.indexOf(widest)
    widths[at] = Math.max(next === widest ? widest - 1 : next, widest - (total() - room), narrowest)
  }
}
