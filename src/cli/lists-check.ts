import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '#cli/command'
import { exitCodes, fault } from '#cli/failure'
import { listIdOf } from '#cli/lists-import'
import { printJson, printValue } from '#cli/print'
import { startProgress } from '#cli/progress'

interface Checked {
  readonly at: string
  readonly entries: number
  readonly indexed: number
  readonly missed: number
}

interface State {
  readonly running: { readonly checked: number; readonly of: number; readonly since: string } | null
  readonly last: Checked | null
}

const lookMilliseconds = 500

/** Has the node check a list, shows how far it is, and prints the report. */
export async function checkList(
  { list, headers }: { list: string; headers: Readonly<Record<string, string>> },
  { terminal, json, client: connect }: Session,
): Promise<number> {
  const client = connect()
  const path = `/api/v1/lists/${encodeURIComponent(listIdOf(list))}/check`
  const before = await client.json<State>({ path, headers })
  if (before.running === null) await client.call({ method: 'POST', path, headers, body: {} })
  let progress: ReturnType<typeof startProgress> | undefined
  let state: State
  for (;;) {
    if (terminal.interrupted.aborted) throw fault('cli/failed', 'Stopped looking. The check goes on at the node.')
    state = await client.json<State>({ path, headers })
    const { running } = state
    if (running === null) break
    if (!json) progress ??= startProgress({ terminal, total: running.of || undefined, unit: 'entries' })
    progress?.at(running.checked)
    await sleep(lookMilliseconds)
  }
  progress?.end()
  const { last } = state
  if (last === null || last.at === before.last?.at)
    throw fault('cli/failed', 'The check did not come to an end. The log of the node says why.')
  if (json) printJson(JSON.stringify(last), terminal)
  else printValue(last, { terminal, columns: ['caption', 'name', 'weak', 'why', 'record'] })
  return last.missed > 0 || last.indexed < last.entries ? exitCodes.refused : exitCodes.ok
}
