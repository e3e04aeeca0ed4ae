import type { StatedList } from '#capabilities/screening/stated-list'

/** Where a record is looked at: an entry of a published list has a page of its own. */
export function recordAddress(id: string, list: StatedList | null): string {
  return list === null ? `/subjects/${id}` : `/lists/${list.id}/entries/${id}`
}
