import type { ReactNode } from 'react'
import { Empty, Failed, Slow } from './states'

interface Asked<Item> {
  readonly data: { readonly items: readonly Item[] } | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

interface Section<Item> {
  readonly id: string
  readonly title: string
  readonly none: { readonly title: string; readonly text: string }
  readonly columns: readonly { readonly id: string; readonly label: string }[]
  readonly asked: Asked<Item>
  /** One row of the table. */
  readonly rowOf: (item: Item) => ReactNode
}

/** What waits of one kind, as a table under its name; while it is read, when it cannot be, and when there is nothing. */
export function QueueSection<Item>({ id, title, none, columns, asked, rowOf }: Section<Item>) {
  const { data, error, refetch } = asked
  return (
    <section aria-labelledby={id}>
      <h2 className="group-name" id={id}>
        {title}
      </h2>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow lines={3} />}
      {data?.items.length === 0 && <Empty title={none.title}>{none.text}</Empty>}
      {data !== undefined && data.items.length > 0 && (
        <table className="queue">
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              {columns.map((it) => (
                <th key={it.id} scope="col">
                  {it.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{data.items.map(rowOf)}</tbody>
        </table>
      )}
    </section>
  )
}
