import { fault } from '#capabilities/lists/rules'
import limits from './validation.json' with { type: 'json' }

/** What a file holds, in the numbers by which one version of a list is compared with the one before. */
export interface ListSize {
  readonly entries: number
  /** Of all kinds, weak ones included. */
  readonly names: number
}

export interface Read extends ListSize {
  readonly rejected: number
}

/**
 * Refuses what was read before anything of it is written: nothing, too many entries that could not be read, or so many fewer
 * entries or names than before that the file is taken for damaged (an alias file that is missing takes the names and leaves
 * the entries). `force` lets the last three pass: the caller has seen to it who may say so.
 */
export function checkRead(read: Read, before: ListSize, force: boolean): void {
  const { entries, names, rejected } = read
  if (entries === 0) throw fault('lists/empty', 'The file holds no entry. Nothing was changed.')
  if (force) return
  if (rejected > limits.rejectedAlways && rejected > (entries + rejected) * limits.rejectedShare)
    throw fault(
      'lists/too-many-rejected',
      `${rejected} of ${entries + rejected} entries could not be read. Nothing was changed. A supervisor can import it all the same, with a reason.`,
      { details: { entries, rejected } },
    )
  if (hasCollapsed(entries, before.entries, limits.entryDropShare))
    throw fault(
      'lists/collapsed',
      `The file holds ${entries} entries where the last import had ${before.entries}. Nothing was changed. If that is right, a supervisor can import it all the same, with a reason.`,
      { details: { entries, before: before.entries } },
    )
  if (hasCollapsed(names, before.names, limits.nameDropShare))
    throw fault(
      'lists/collapsed',
      `The file holds ${names} names where the last import had ${before.names}. Nothing was changed. If that is right, a supervisor can import it all the same, with a reason.`,
      { details: { names, before: before.names } },
    )
}

function hasCollapsed(now: number, before: number, share: number): boolean {
  return before > 0 && now < before * (1 - share)
}

const nameKinds = ['name', 'alias', 'weakAlias', 'previousName']

/** How many names the counts of a report tell of. */
export function namesIn(counts: Readonly<Record<string, number>>): number {
  return nameKinds.reduce((sum, it) => sum + (counts[it] ?? 0), 0)
}
