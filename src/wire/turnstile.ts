export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>

/**
 * One sealing at a time: each holds a connection while it reads through another, so as many at once as there are connections
 * would wait for each other for ever. Sealing is work of the processor, and sending, which waits, goes on side by side.
 */
export function turnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
