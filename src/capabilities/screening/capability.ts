import type { Capability } from '#capabilities/capability'
import { loadEngine } from '#capabilities/screening/engine'
import * as matchRoutes from '#capabilities/screening/match-routes'
import { receiveConfirmation, receiveFeedback, receiveHit } from '#capabilities/screening/receive'
import { confirmationKind, feedbackKind, hitKind } from '#capabilities/screening/record'
import * as routes from '#capabilities/screening/routes'
import { screenChanges } from '#capabilities/screening/screen-changes'
import { forget, knowsOfCandidate, migrations } from '#capabilities/screening/store'
import { followFeed } from '#store/follow'

export const screening: Capability = {
  name: 'screening',
  migrations,
  kinds: [hitKind, confirmationKind, feedbackKind],
  operations: [...Object.values(routes), ...Object.values(matchRoutes)],
  records: { hit: receiveHit, confirmation: receiveConfirmation, feedback: receiveFeedback },
  work: { candidate: knowsOfCandidate },
  forget,
  start: async (services) => {
    await loadEngine(services)
    return followFeed(services.store, {
      name: 'screening',
      handle: (items) => screenChanges(items, services),
      onError: (err) => services.log.error({ err }, 'screening stopped and will try again'),
    })
  },
}
