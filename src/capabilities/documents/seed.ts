import { z } from 'zod'
import { Declaration } from '#capabilities/documents/record'
import { declareDocuments } from '#capabilities/documents/rules'
import type { Services } from '#http/services'
import { partyOf } from '#protocol/directory'
import { Handling } from '#protocol/handling'
import type { Change } from '#store/change'

const Part = z.object({ declarations: z.array(z.object({ handling: Handling, body: Declaration })) })

/** Declarations of an exercise, which stay at home until they are shared. */
export async function seedDocuments(part: unknown, { store, identity, directories }: Services): Promise<Change> {
  const directory = directories.current()
  const caller = { actor: { member: partyOf(directory, identity.me) }, via: 'system' as const }
  const work = { caller, now: store.clock.now(), directory }
  const changes = Part.parse(part).declarations.map(
    ({ body, handling }) => declareDocuments(body, handling, work).change,
  )
  return {
    records: changes.flatMap((it) => it.records ?? []),
    send: changes.flatMap((it) => it.send ?? []),
    audit: changes.flatMap((it) => it.audit),
  }
}
