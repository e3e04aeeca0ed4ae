import type { RecordId } from '#kernel/ids'

/**
 * Which records of this node are of one person: answered by the capability that has the subjects, and lent as
 * `Services.sameness`. Who asks looks at each record for itself: an id is no leave to read.
 */
export interface Sameness {
  /** The others that people of this node have merged with this one, through any number of merges. */
  merged(id: RecordId): Promise<readonly RecordId[]>
  /** Those that may be the same, on which nobody has decided. */
  maybe(ids: readonly RecordId[]): Promise<readonly RecordId[]>
}

export const noSameness: Sameness = { merged: async () => [], maybe: async () => [] }
