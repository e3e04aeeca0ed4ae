import type { Problem } from '#http/problem'
import { defineFaults, isFault } from '#kernel/fault'

export const exitCodes = { ok: 0, refused: 1, usage: 2, notSignedIn: 3, unreachable: 4 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const fault = defineFaults({
  'cli/usage': 'invalid',
  'cli/not-signed-in': 'unauthenticated',
  'cli/unreachable': 'unavailable',
  'cli/unreadable': 'invalid',
  'cli/plain-http': 'forbidden',
  'cli/failed': 'unavailable',
})

/** What a node refused, as it said it. */
export class NodeProblem extends Error {
  override readonly name = 'NodeProblem'
  readonly problem: Problem
  /** The body of the reply, unchanged. */
  readonly text: string

  constructor(problem: Problem, text: string) {
    super(problem.title)
    this.problem = problem
    this.text = text
  }
}

export function usage(message: string): Error {
  return fault('cli/usage', message)
}

export function exitCodeOf(cause: unknown): ExitCode {
  if (cause instanceof NodeProblem) return cause.problem.status === 401 ? exitCodes.notSignedIn : exitCodes.refused
  if (isFault(cause, 'cli/usage')) return exitCodes.usage
  if (isFault(cause, 'cli/not-signed-in')) return exitCodes.notSignedIn
  if (isFault(cause, 'cli/unreachable')) return exitCodes.unreachable
  return exitCodes.refused
}
