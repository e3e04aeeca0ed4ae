import type { NodeReading, QueueReading } from '#capabilities/members/health-store'
import { type EndingKey, isSoon } from '#capabilities/members/key-windows'
import limits from './health-limits.json' with { type: 'json' }

/** How something stands: `attention` will not mend itself for ever, `bad` needs a person now. */
export type Standing = 'good' | 'attention' | 'bad'

export interface Judged {
  readonly standing: Standing
  /** Why, and what to do: a key in the words of the page. */
  readonly advice: string | null
}

const order: readonly Standing[] = ['bad', 'attention', 'good']

/** What is worst comes first; what stands alike by its name. */
export function worstFirst<Item extends Judged & { readonly name: string }>(items: readonly Item[]): Item[] {
  return [...items].sort(
    (a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || a.name.localeCompare(b.name, 'en'),
  )
}

const good: Judged = { standing: 'good', advice: null }

function minutesOf(id: string): number {
  const limit = limits.find((it) => it.id === id)
  if (limit === undefined) throw new Error(`health-limits.json has no ${id}`)
  return limit.minutes
}

function isOlder(at: Date, id: string, now: Date): boolean {
  return now.getTime() - at.getTime() > minutesOf(id) * 60_000
}

export function judgePeer(
  it: QueueReading,
  { suspendedByDirectory, now }: { suspendedByDirectory: boolean; now: Date },
): Judged {
  if (it.suspended !== null) return { standing: 'bad', advice: 'forked' }
  if (suspendedByDirectory) return { standing: 'attention', advice: 'suspendedByDirectory' }
  if (it.missing > 0) return { standing: 'bad', advice: 'gap' }
  if (it.failingSince !== null)
    return isOlder(it.failingSince, 'peer-failing', now)
      ? { standing: 'bad', advice: 'unreachable' }
      : { standing: 'attention', advice: 'failing' }
  if (it.oldest !== null && isOlder(it.oldest, 'queue-oldest', now))
    return { standing: 'attention', advice: 'slowQueue' }
  if (it.seenAt === null) return { standing: 'attention', advice: 'neverSeen' }
  return good
}

export function judgeQuarantine({ newest, notKept }: NodeReading['quarantine'], now: Date): Judged {
  if (notKept > 0) return { standing: 'attention', advice: 'flooded' }
  if (newest !== null && !isOlder(newest, 'quarantine-recent', now))
    return { standing: 'attention', advice: 'refusedLately' }
  return good
}

/** The ledger may grow between two rounds; what counts is how long growth has gone unsigned. */
export function judgeLedger(
  { size, checkpoint }: NodeReading['ledger'],
  { startedAt, now }: { startedAt: Date; now: Date },
): Judged {
  if (size === (checkpoint?.size ?? 0)) return good
  const since = checkpoint === null || checkpoint.at < startedAt ? startedAt : checkpoint.at
  return isOlder(since, 'checkpoint-age', now) ? { standing: 'bad', advice: 'unsigned' } : good
}

export function judgeFollower({ behind, since }: NodeReading['followers'][number], now: Date): Judged {
  if (behind === 0 || since === null) return good
  return isOlder(since, 'feed-lag', now) ? { standing: 'bad', advice: 'behind' } : good
}

export function judgeRetention(cleanedAt: Date | null, { startedAt, now }: { startedAt: Date; now: Date }): Judged {
  return isOlder(cleanedAt ?? startedAt, 'retention-age', now) ? { standing: 'bad', advice: 'notCleaned' } : good
}

export function judgeDirectory(expiresAt: string, now: Date): Judged {
  if (expiresAt <= now.toISOString()) return { standing: 'bad', advice: 'directoryExpired' }
  return isSoon(expiresAt, now) ? { standing: 'attention', advice: 'directoryEnding' } : good
}

export function judgeKeys(ending: readonly EndingKey[], now: Date): Judged {
  if (ending.length === 0) return good
  const over = ending.some((it) => it.notAfter <= now.toISOString())
  return { standing: over ? 'bad' : 'attention', advice: over ? 'keyOver' : 'keyEnding' }
}
