import { readMerges, readSuggestionsOf } from '#capabilities/subjects/store'
import type { Sameness } from '#http/sameness'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'

/** So many records of one person are followed; a chain that is longer is a mistake of somebody. */
const mostMerged = 50

export function samenessOf(store: Store): Sameness {
  return {
    async merged(id) {
      const known = new Set([id])
      for (const each of known) {
        for (const { kept, other, state } of await readMerges(store, each))
          if (state === 'merged' && known.size <= mostMerged) known.add(kept).add(other)
      }
      known.delete(id)
      return [...known]
    },
    async maybe(ids) {
      const found = new Set<RecordId>()
      for (const { a, b, state } of await readSuggestionsOf(store, ids)) if (state === 'open') found.add(a).add(b)
      for (const id of ids) found.delete(id)
      return [...found]
    },
  }
}
