import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Column<Row> {
  readonly name: string
  /** What its head says, in the language of the page. */
  readonly title: string
  /** Of the table's width: parts of the whole, so that columns stay where they are while rows come and go. */
  readonly share: number
  readonly cell: (row: Row) => ReactNode
}

interface LongTableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Called when the last rows come near: the next page is fetched before it is needed. */
  readonly onNearEnd?: () => void
  /** How many rows there are in all, where that is known. */
  readonly total?: number
}

const rowHeight = 41
/** Rows drawn beyond what is seen, on each side: a flick of the wheel stays within them. */
const beyond = 40

/**
 * A list of any length: only the rows near the window are in the page. The first column is the row's head. To those who read by
 * ear it says how many rows there are and which one each is.
 */
export function LongTable<Row>({ caption, columns, rows, keyOf, onNearEnd, total }: LongTableProps<Row>) {
  const { t } = useTranslation()
  const body = useRef<HTMLTableSectionElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => {
    setScrollMargin(body.current?.offsetTop ?? 0)
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: beyond,
    scrollMargin,
    getItemKey: (at) => keyOf(rows[at]!),
    // The rows of a new place are in the page before the browser shows that place.
    useFlushSync: true,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - beyond) onNearEnd?.()
  }, [last, rows.length, onNearEnd])
  const before = (shown[0]?.start ?? scrollMargin) - scrollMargin
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? scrollMargin) - scrollMargin)
  const whole = columns.reduce((sum, it) => sum + it.share, 0)
  const [head, ...others] = columns
  return (
    <table className="queue long" aria-rowcount={total ?? rows.length}>
      <caption className="unseen">
        {caption}. {t('web.list.rows', { count: total ?? rows.length })}
      </caption>
      <colgroup>
        {columns.map((it) => (
          <col key={it.name} style={{ inlineSize: `${(100 * it.share) / whole}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((it) => (
            <th key={it.name} scope="col">
              {it.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Gap height={before} span={columns.length} />
        {shown.map(({ index, key }) => (
          <tr key={key as string} data-index={index} ref={virtual.measureElement} aria-rowindex={index + 1}>
            <th scope="row">{head!.cell(rows[index]!)}</th>
            {others.map((it) => (
              <td key={it.name}>{it.cell(rows[index]!)}</td>
            ))}
          </tr>
        ))}
        <Gap height={after} span={columns.length} />
      </tbody>
    </table>
  )
}

/** The room of the rows that are not in the page. */
function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a table takes no focus
    <tr aria-hidden="true" className="gap">
      <td colSpan={span} style={{ blockSize: height }} />
    </tr>
  )
}
