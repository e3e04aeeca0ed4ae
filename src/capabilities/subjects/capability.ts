import { z } from 'zod'
import type { Capability } from '#capabilities/capability'
import * as listRoutes from '#capabilities/subjects/list-routes'
import * as mergeRoutes from '#capabilities/subjects/merge-routes'
import * as pdfRoutes from '#capabilities/subjects/pdf-routes'
import { Subject, subjectKind } from '#capabilities/subjects/record'
import * as routes from '#capabilities/subjects/routes'
import { recordSubject } from '#capabilities/subjects/rules'
import { samenessOf } from '#capabilities/subjects/sameness'
import { forget, knowsOfMerge, knowsOfSuggestion, migrations } from '#capabilities/subjects/store'
import { followAlike } from '#capabilities/subjects/suggestions'
import * as versionRoutes from '#capabilities/subjects/version-routes'
import { partyOf } from '#protocol/directory'
import { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'

const SubjectsSeed = z.object({ subjects: z.array(z.object({ handling: Handling, body: Subject })) })

export const subjects: Capability = {
  name: 'subjects',
  kinds: [subjectKind],
  migrations,
  operations: [routes, listRoutes, mergeRoutes, pdfRoutes, versionRoutes].flatMap((it) => Object.values(it)),
  work: { 'merge-suggestion': knowsOfSuggestion, merge: knowsOfMerge },
  forget,
  sameness: samenessOf,
  start: followAlike,
  seed: async (part, { store, identity, directories }) => {
    const caller: Caller = { actor: { member: partyOf(directories.current(), identity.me) }, via: 'system' }
    const changes = SubjectsSeed.parse(part).subjects.map(
      (it) => recordSubject({ ...it, marks: {} }, { caller, now: store.clock.now() }).change,
    )
    return { records: changes.flatMap((it) => it.records ?? []), audit: changes.flatMap((it) => it.audit) }
  },
}
