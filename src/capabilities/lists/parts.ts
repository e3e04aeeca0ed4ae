/** Which files a list consists of, and whether those that are there are enough. Runs in the browser too. */

/** A part that stands for another: a delta is laid over the entities that the node kept. */
const insteadOf: Readonly<Record<string, string>> = { entities: 'delta' }
/** Parts without which another cannot be read, or would lose names: the aliases of OFAC stand in a file of their own. */
const neededBy: Readonly<Record<string, string>> = { csv: 'mapping', sdn: 'alt' }

/** Whether a part must be handed in with the others. */
export function isNeeded(parts: readonly string[], part: string): boolean {
  const [main] = parts
  return part === main || (main !== undefined && neededBy[main] === part)
}

/** The first part of the list that is missing, or null when what is there is enough. */
export function missingPart(parts: readonly string[], has: (part: string) => boolean): string | null {
  const [main] = parts
  if (main === undefined) return null
  const other = insteadOf[main]
  if (!has(main) && !(other !== undefined && parts.includes(other) && has(other))) return main
  const needed = neededBy[main]
  return needed !== undefined && parts.includes(needed) && !has(needed) ? needed : null
}
