import { exitCodeOf, NodeProblem } from '#cli/failure'
import { printJson } from '#cli/print'
import { printable } from '#cli/printable'
import type { Terminal } from '#cli/terminal'
import type { Problem } from '#http/problem'
import { isFault } from '#kernel/fault'

/** What is known of a failure, wherever it came from: the node's problem details (RFC 9457) or a fault of this program. */
type Told = Omit<Problem, 'status' | 'type' | 'correlation'> & Partial<Pick<Problem, 'status' | 'correlation'>>

/** Prints what happened, which rule, what to do next and the correlation. Returns the exit code. */
export function report(cause: unknown, { terminal, json }: { terminal: Terminal; json: boolean }): number {
  const told = toldBy(cause)
  if (json) {
    const text =
      cause instanceof NodeProblem ? cause.text : JSON.stringify({ type: `urn:comity:problem:${told.code}`, ...told })
    printJson(text, terminal)
  }
  // On a screen the document says it already; a program that reads it leaves the words to the log.
  if (!json || terminal.columns === undefined) terminal.err(problemText(told))
  if (terminal.env.COMITY_DEBUG && cause instanceof Error) terminal.err(`${cause.stack}\n`)
  return exitCodeOf(cause)
}

export function problemText(told: Told): string {
  const next = nextStep(told)
  const lines = [
    ...told.title.trimEnd().split('\n').map(printable),
    ...issuesOf(told).map((it) => `  ${printable(it.at)}  ${printable(it.message)}`),
    ...(told.rule === undefined ? [] : [`  Rule         ${printable(told.rule)}`]),
    ...(next === undefined ? [] : [`  Next         ${next}`]),
    ...(!told.correlation ? [] : [`  Correlation  ${printable(told.correlation)}`]),
    ...(told.code.startsWith('cli/') ? [] : [`  Code         ${printable(told.code)}`]),
  ]
  return `${lines.join('\n')}\n`
}

function toldBy(cause: unknown): Told {
  if (cause instanceof NodeProblem) return cause.problem
  if (isFault(cause)) {
    const { message, code, rule, details } = cause
    return { title: message, code, details, ...(rule === undefined ? {} : { rule }) }
  }
  const title = cause instanceof Error ? cause.message : String(cause)
  return { title: `The command failed: ${title}`, code: 'cli/bug' }
}

function issuesOf({ details }: Told): { at: string; message: string }[] {
  const issues = details?.issues
  if (!Array.isArray(issues)) return []
  return issues.flatMap((it: unknown) => {
    const { at, message } = (it ?? {}) as Record<string, unknown>
    return typeof at === 'string' && typeof message === 'string' ? [{ at, message }] : []
  })
}

const nextSteps: Readonly<Record<string, string>> = {
  'cli/not-signed-in': 'comity sign-in URL --token TOKEN, or set COMITY_URL and COMITY_TOKEN.',
  'cli/unreachable': 'Is the node running, and is the address right? comity doctor looks at each step.',
  'cli/plain-http': 'Use the https address. On a network of your own, COMITY_PLAIN_HTTP=1 allows it.',
  'cli/bug': 'Run it again with COMITY_DEBUG=1 and report what it prints.',
  'http/not-signed-in': 'The token is missing, wrong, expired or revoked: comity sign-in URL --token TOKEN.',
  'http/role': 'Ask a colleague who has that role, or an administrator for the role.',
  'http/scope': 'Make a token with that scope, or sign in with another profile: --profile NAME.',
  'http/purpose-missing': 'Add --purpose, for instance --purpose counter-terrorism.',
  'http/reference-missing': 'Add --reference with the case or file, at least 3 characters.',
  'http/key-reused': 'Leave --idempotency-key out for a new request.',
  'http/too-many': 'Wait a little and repeat it.',
  'http/malformed': 'Correct what is named, and repeat it. The flags are in --help.',
  'http/not-found': 'The node has no such operation. Is it of the same version? comity version --node',
  'store/unavailable': 'Is PostgreSQL running? comity doctor --config FILE looks at it.',
  'node/failed': 'Repeat it once; then give the correlation to the people who run the node.',
}

/** Faults of the state of things that no reading again mends: what they say is what to do. */
const ownSteps: ReadonlySet<string> = new Set([
  'lists/collapsed',
  'lists/too-many-rejected',
  'lists/no-base',
  'lists/no-download',
  'formats/wrong-delta',
])

const nextByStatus: Readonly<Record<number, string>> = {
  401: nextSteps['http/not-signed-in']!,
  404: 'Check the id. A record that you may not know of answers the same.',
  409: 'Read it again: it changed since. Then repeat your change.',
  410: 'It was withdrawn or erased. Nothing is left to do.',
  413: 'Send it in parts.',
  429: nextSteps['http/too-many']!,
  503: 'Wait a little and repeat it. comity doctor shows what is down.',
}

function nextStep({ code, status, details }: Told): string | undefined {
  if (typeof details?.idempotencyKey === 'string')
    return `The node may have done it. Repeating is safe with --idempotency-key ${details.idempotencyKey}`
  if (ownSteps.has(code)) return undefined
  return nextSteps[code] ?? nextByStatus[status ?? 0]
}
