import type { Capability } from '#capabilities/capability'
import { startDraftClock } from '#capabilities/drafts/clock'
import * as routes from '#capabilities/drafts/routes'
import { forgetDrafts } from '#capabilities/drafts/rules'
import { migrations } from '#capabilities/drafts/store'

export const drafts: Capability = {
  name: 'drafts',
  migrations,
  operations: Object.values(routes),
  forget: forgetDrafts,
  start: startDraftClock,
}
