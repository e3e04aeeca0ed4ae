import { z } from 'zod'
import type { Capability } from '#capabilities/capability'
import { Subject, subjectKind } from '#capabilities/subjects/record'
import * as routes from '#capabilities/subjects/routes'
import { recordSubject } from '#capabilities/subjects/rules'
import { partyOf } from '#protocol/directory'
import { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'

const SubjectsSeed = z.object({ subjects: z.array(z.object({ handling: Handling, body: Subject })) })

export const subjects: Capability = {
  name: 'subjects',
  kinds: [subjectKind],
  operations: Object.values(routes),
  seed: async (part, { store, identity, directories }) => {
    const caller: Caller = { actor: { member: partyOf(directories.current(), identity.me) }, via: 'system' }
    const changes = SubjectsSeed.parse(part).subjects.map(
      (it) => recordSubject({ ...it, marks: {} }, { caller, now: store.clock.now() }).change,
    )
    return { records: changes.flatMap((it) => it.records ?? []), audit: changes.flatMap((it) => it.audit) }
  },
}
