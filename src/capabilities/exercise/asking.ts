/** How the stories ask a node, and what they take from its answers. */

export type AskNode = <Reply>(
  path: string,
  asking?: {
    readonly method?: 'GET' | 'POST' | 'PUT'
    readonly body?: unknown
    /** A file in place of the body. */
    readonly file?: Uint8Array<ArrayBuffer>
  },
) => Promise<Reply>

export interface Looking {
  readonly office: string
  readonly roles: readonly string[]
  /** The round to look for; the newest that this office knows of without it, and a new one for `new`. */
  readonly run: string | undefined
}

export const known = (run: string | undefined) => (run !== undefined && /^rec_[0-9a-f]{32}$/.test(run) ? run : null)
/** Ids sort by the time at which they were made. */
export const newest = (ids: readonly string[]) => ids.toSorted().at(-1) ?? null

/** What is not there, or may not be known to be. */
export async function orNothing<Reply>(asked: Promise<Reply>): Promise<Reply | undefined> {
  return asked.catch((cause: unknown) => {
    if ((cause as { status?: number }).status === 404) return undefined
    throw cause
  })
}
