import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '#cli/client'
import type { Session } from '#cli/command'
import { NodeProblem } from '#cli/failure'
import { printable } from '#cli/printable'
import { readEvents } from '#cli/server-sent'
import { isFault } from '#kernel/fault'

/** A node says every 15 seconds that it is still here; after three silences the connection is taken for lost. */
const silenceMilliseconds = 45_000
const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 30_000

interface Following {
  /** The last event that was printed. */
  after: string | undefined
  failures: number
}

/** Prints each change as it happens, until it is interrupted. A lost connection is taken up after the last event seen. */
export async function followEvents(after: string | undefined, session: Session): Promise<undefined> {
  const { terminal } = session
  const client = session.client()
  const state: Following = { after, failures: 0 }
  const stop = terminal.interrupted
  while (!stop.aborted) {
    try {
      await readOnce(client, state, session)
    } catch (cause) {
      if (stop.aborted) break
      if (cause instanceof NodeProblem && cause.problem.status < 500) throw cause
      if (state.after === undefined && isFault(cause, 'cli/unreachable') && state.failures === 0) throw cause
    }
    if (stop.aborted) break
    const pause = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** state.failures++)
    if (!session.json) terminal.err(`The connection is lost. Trying again in ${Math.ceil(pause / 1000)} s …\n`)
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined)
  }
  return undefined
}

async function readOnce(client: Client, state: Following, { terminal, json }: Session): Promise<void> {
  const silence = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), silenceMilliseconds)
  }
  heard()
  try {
    const response = await client.open(
      { path: '/api/v1/events', headers: state.after === undefined ? {} : { 'last-event-id': state.after } },
      {
        signal: AbortSignal.any([silence.signal, terminal.interrupted]),
        headers: { accept: 'text/event-stream' },
      },
    )
    for await (const it of readEvents(response.body as unknown as AsyncIterable<Uint8Array>)) {
      heard()
      if (it === 'heartbeat') continue
      state.failures = 0
      state.after = it.id ?? state.after
      if (it.event !== 'open') terminal.out(json ? `${it.data}\n` : `${lineOf(it.event, it.data)}\n`)
    }
  } finally {
    clearTimeout(timer)
  }
}

function lineOf(event: string, data: string): string {
  try {
    const { at, type, id, version, sequence } = JSON.parse(data) as Record<string, unknown>
    const parts = [at, sequence, event, type, id, version === null || version === undefined ? undefined : `v${version}`]
    return printable(parts.filter((it) => it !== undefined && it !== null).join('  '))
  } catch {
    return printable(`${event}  ${data}`)
  }
}
