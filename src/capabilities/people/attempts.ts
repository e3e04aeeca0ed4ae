import { fault } from '#capabilities/people/faults'

const failureLimit = 10
const windowMilliseconds = 15 * 60_000
const subjectLimit = 10_000

// In memory: one process holds a node, and a restart costs an attacker more than it gives.
const attempts = new WeakMap<object, Map<string, number[]>>()

/**
 * Counts an attempt with a password before it is tried, so that many at once get no further than one after another; what
 * succeeds is forgotten. Names that nobody bears count alike. Throws `people/too-many-attempts`.
 */
export function countAttempt(node: object, subject: string, now: Date): void {
  const known = attempts.get(node) ?? new Map<string, number[]>()
  attempts.set(node, known)
  const since = now.getTime() - windowMilliseconds
  const recent = (known.get(subject) ?? []).filter((it) => it > since)
  if (recent.length >= failureLimit) {
    const retryAfterSeconds = Math.ceil((recent[0]! - since) / 1000)
    throw fault(
      'people/too-many-attempts',
      'Too many attempts failed. Wait a quarter of an hour, or sign in with a passkey.',
      { details: { retryAfterSeconds } },
    )
  }
  if (known.size >= subjectLimit) forgetOld(known, since)
  known.set(subject, [...recent, now.getTime()])
}

/**
 * Under what attempts with second factors count. What is typed as a username comes in lower case, so nobody locks somebody
 * out through that field.
 */
export function factorAttempts(person: string): string {
  return `Factor ${person}`
}

export function forgetAttempts(node: object, subject: string): void {
  attempts.get(node)?.delete(subject)
}

function forgetOld(known: Map<string, number[]>, since: number): void {
  for (const [subject, times] of known) if (times.at(-1)! <= since) known.delete(subject)
}
