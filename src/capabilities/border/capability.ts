import * as candidateRoutes from '#capabilities/border/candidate-routes'
import { tell } from '#capabilities/border/carrier-routes'
import { readCarriers } from '#capabilities/border/carriers'
import * as checkRoutes from '#capabilities/border/check-routes'
import { readDesks } from '#capabilities/border/desks'
import * as hitRoutes from '#capabilities/border/hit-routes'
import * as messageRoutes from '#capabilities/border/message-routes'
import { migrations } from '#capabilities/border/migrations'
import { startPurge } from '#capabilities/border/purge'
import { raiseMatches } from '#capabilities/border/raise'
import {
  receiveAlertAnswer,
  receiveAlertHit,
  receiveAlertInformation,
  receiveRedress,
  receiveReturn,
} from '#capabilities/border/receive'
import {
  alertAnswerKind,
  alertCompanionsKind,
  alertHitKind,
  alertInformationKind,
  alertReturnKind,
  redressKind,
} from '#capabilities/border/record'
import { forget } from '#capabilities/border/store'
import type { Capability } from '#capabilities/capability'
import { followFeed } from '#store/follow'

export const border: Capability = {
  name: 'border',
  migrations,
  kinds: [alertHitKind, alertAnswerKind, alertInformationKind, alertReturnKind, alertCompanionsKind, redressKind],
  operations: [
    ...[checkRoutes.desks, checkRoutes.check, checkRoutes.recordOutcome],
    ...[candidateRoutes.list, candidateRoutes.show, candidateRoutes.decide],
    ...Object.values(hitRoutes),
    ...Object.values(messageRoutes),
    tell,
  ],
  records: {
    [alertHitKind.type]: receiveAlertHit,
    [alertAnswerKind.type]: receiveAlertAnswer,
    [alertInformationKind.type]: receiveAlertInformation,
    [alertReturnKind.type]: receiveReturn,
    [alertCompanionsKind.type]: receiveReturn,
    [redressKind.type]: receiveRedress,
  },
  work: {
    'border-check': async () => false,
    'border-candidate': candidateRoutes.knowsOfCandidate,
  },
  forget,
  start: async (services) => {
    readDesks(services)
    readCarriers(services)
    const running = new AsyncDisposableStack()
    running.use(
      await followFeed(services.store, {
        name: 'border',
        handle: (items) => raiseMatches(items, services),
        onError: (err) => services.log.error({ err }, 'the border desk stopped and will try again'),
      }),
    )
    running.use(startPurge(services))
    return running
  },
}
