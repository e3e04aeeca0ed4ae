import type { Capability } from '#capabilities/capability'
import * as batchRoutes from '#capabilities/screening/batch-routes'
import { mayKnowOf } from '#capabilities/screening/batch-rules'
import { startBatches } from '#capabilities/screening/batch-runner'
import { readBatch } from '#capabilities/screening/batch-store'
import * as completionRoutes from '#capabilities/screening/completion-routes'
import * as conversationRoutes from '#capabilities/screening/conversation-routes'
import { loadEngine } from '#capabilities/screening/engine'
import { startChecks } from '#capabilities/screening/findable-jobs'
import * as findableRoutes from '#capabilities/screening/findable-routes'
import { loadLexicon } from '#capabilities/screening/lexicon'
import * as lexiconRoutes from '#capabilities/screening/lexicon-routes'
import * as matchRoutes from '#capabilities/screening/match-routes'
import { syncPopulation } from '#capabilities/screening/population'
import { receiveConfirmation, receiveFeedback, receiveHit, receiveHitAnswer } from '#capabilities/screening/receive'
import { confirmationKind, feedbackKind, hitAnswerKind, hitKind } from '#capabilities/screening/record'
import * as routes from '#capabilities/screening/routes'
import { screenChanges } from '#capabilities/screening/screen-changes'
import * as searchRoutes from '#capabilities/screening/search-routes'
import { forget, knowsOfCandidate, migrations } from '#capabilities/screening/store'
import * as watchRoutes from '#capabilities/screening/watch-routes'
import * as yenteCatalog from '#capabilities/screening/yente-catalog'
import * as yenteEntities from '#capabilities/screening/yente-entities'
import * as yenteSearch from '#capabilities/screening/yente-search'
import { followFeed } from '#store/follow'

export const screening: Capability = {
  name: 'screening',
  migrations,
  kinds: [hitKind, confirmationKind, feedbackKind, hitAnswerKind],
  operations: [
    routes,
    conversationRoutes,
    matchRoutes,
    yenteSearch,
    yenteEntities,
    yenteCatalog,
    searchRoutes,
    batchRoutes,
    lexiconRoutes,
    findableRoutes,
    completionRoutes,
    watchRoutes,
  ].flatMap((it) => Object.values(it)),
  records: {
    hit: receiveHit,
    confirmation: receiveConfirmation,
    feedback: receiveFeedback,
    'hit-answer': receiveHitAnswer,
  },
  work: {
    candidate: knowsOfCandidate,
    batch: async (id, { store, caller }) => {
      const batch = await readBatch(store, id)
      return batch !== undefined && mayKnowOf(batch, caller)
    },
  },
  forget,
  start: async (services) => {
    loadLexicon(services)
    const engine = await loadEngine(services)
    await syncPopulation(services)
    const running = new AsyncDisposableStack()
    running.defer(() => engine.keep(services)) // disposed of last, when nothing is indexed any more
    const follower = await followFeed(services.store, {
      name: 'screening',
      handle: (items) => screenChanges(items, services),
      onError: (err) => services.log.error({ err }, 'screening stopped and will try again'),
    })
    running.use(follower)
    running.use(await startBatches(services))
    running.use(startChecks(services, () => follower.caughtUp()))
    return running
  },
}
