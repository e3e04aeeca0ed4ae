import type { Session } from '#cli/command'
import { exitCodes } from '#cli/failure'
import { printJson } from '#cli/print'
import { padTo, printable } from '#cli/printable'

/** One thing that was looked at. What is not `ok` says what to do. */
export interface Finding {
  readonly what: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly found: string
  readonly next?: string
}

export type Check = () => Promise<Finding | readonly Finding[]>

/** Looks at this machine, at a node that runs here, and at the node of the profile. Exit code 1 when something fails. */
export async function doctor(config: string | undefined, session: Session): Promise<number> {
  const { terminal, json } = session
  const { machineChecks } = await import('#cli/commands/doctor-machine')
  const { nodeChecks } = await import('#cli/commands/doctor-node')
  const findings: Finding[] = []
  for (const [what, check] of [...machineChecks(config), ...nodeChecks(session)]) {
    const found = await check().catch((cause: unknown): Finding => ({ what, state: 'fail', found: messageOf(cause) }))
    for (const it of [found].flat()) {
      findings.push(it)
      if (!json) terminal.out(lineOf(it))
    }
  }
  const failed = findings.filter((it) => it.state === 'fail').length
  const warned = findings.filter((it) => it.state === 'warn').length
  if (json) printJson(JSON.stringify({ ok: failed === 0, findings }), terminal)
  else terminal.out(failed + warned === 0 ? '\nAll is well.\n' : `\n${failed} failed, ${warned} to look at.\n`)
  return failed === 0 ? exitCodes.ok : exitCodes.refused
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function lineOf({ what, state, found, next }: Finding): string {
  const line = `${padTo(state, 4)}  ${padTo(what, 18)}  ${printable(found)}\n`
  return next === undefined ? line : `${line}${' '.repeat(26)}→ ${printable(next)}\n`
}

/** How long until an instant, judged: a week's warning unless said otherwise. */
export function untilFinding(
  what: string,
  until: string,
  { next, warnDays = 30, about = '' }: { next: string; warnDays?: number; about?: string },
): Finding {
  const days = Math.floor((Date.parse(until) - Date.now()) / 86_400_000)
  const found = `${about}${days < 0 ? 'expired on' : 'valid until'} ${until.slice(0, 10)}`
  if (days < 0) return { what, state: 'fail', found, next }
  return days < warnDays
    ? { what, state: 'warn', found: `${found}, in ${days} days`, next }
    : { what, state: 'ok', found }
}
