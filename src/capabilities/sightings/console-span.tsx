import { Moment } from '../../web/design/clock'

/** An instant, or from when to when. */
export function Span({ from, to }: { from: string; to: string }) {
  if (from === to) return <Moment at={from} />
  return (
    <>
      <Moment at={from} /> – <Moment at={to} />
    </>
  )
}
