import { mayBeChild } from '#capabilities/notices/form-check'
import { type Notice, namesOf } from '#capabilities/notices/record'
import { limits } from '#capabilities/notices/rule-data'
import type { GateFlag } from '#capabilities/notices/standing'
import type { ShieldRow } from '#capabilities/notices/store'
import { createMatchingIndex } from '#matching/name-index'

/**
 * This node's own gate, before any officer sees what came. A machine never refuses: it says why a person must look first. What
 * the node knows of protected persons and of final decisions stays here; nobody who asks learns that there is such an entry.
 */

export interface Circumstances {
  readonly shields: readonly ShieldRow[]
  /** Remembered refusals of the sender. */
  readonly refusals: number
  /** ISO 3166-1 of the state that asks; null for an organisation. */
  readonly senderCountry: string | null
  readonly now: Date
}

export function flagsFor(notice: Notice, { shields, refusals, senderCountry, now }: Circumstances): GateFlag[] {
  const flags: GateFlag[] = []
  if (notice.channel === 'diffusion') flags.push('diffusion')
  const barring = shields.filter((it) => it.country === '*' || it.country === senderCountry)
  for (const kind of meantBy(notice, barring)) flags.push(kind)
  if (notice.asked !== 'protect' && notice.asked !== 'none' && mayBeChild(notice, now)) flags.push('child')
  if (refusals >= limits.refusalsBeforeCaution.value) flags.push('sender-refused-before')
  return flags
}

/** Kinds of the entries that may be about the same person: likely enough that somebody has to look. */
function meantBy({ subject }: Notice, shields: readonly ShieldRow[]): Set<ShieldRow['kind']> {
  if (subject?.schema !== 'Person' || shields.length === 0) return new Set()
  const index = createMatchingIndex()
  for (const { id, properties } of shields) index.put({ id, schema: 'Person', properties })
  const query = {
    id: 'notice',
    schema: 'Person',
    properties: { ...subject.properties, name: namesOf(subject) },
  } as const
  const met = index.search(query, { limit: shields.length, threshold: limits.protectedLikeness.value })
  return new Set(met.map((it) => shields.find((one) => one.id === it.id)!.kind))
}
