import type { Capability } from '#capabilities/capability'
import { boardOf } from '#capabilities/notices/alerts'
import { startNoticeClock } from '#capabilities/notices/clock'
import * as councilRoutes from '#capabilities/notices/council-routes'
import { readLaw } from '#capabilities/notices/local-law'
import { publicPages } from '#capabilities/notices/public-page'
import * as publicRoutes from '#capabilities/notices/public-routes'
import {
  receiveAnswer,
  receiveDecision,
  receiveNotice,
  receiveRefusal,
  receiveReport,
  receiveResponse,
} from '#capabilities/notices/receive'
import {
  answerKind,
  decisionKind,
  noticeKind,
  refusalKind,
  reportKind,
  responseKind,
} from '#capabilities/notices/record'
import * as reviewRoutes from '#capabilities/notices/review-routes'
import * as routes from '#capabilities/notices/routes'
import * as ruleRoutes from '#capabilities/notices/rule-routes'
import { startSettling } from '#capabilities/notices/settle'
import { forget, migrations } from '#capabilities/notices/store'

export const notices: Capability = {
  name: 'notices',
  migrations,
  kinds: [noticeKind, decisionKind, responseKind, answerKind, reportKind, refusalKind],
  operations: [routes, reviewRoutes, ruleRoutes, publicRoutes, councilRoutes].flatMap((it) => Object.values(it)),
  records: {
    [noticeKind.type]: receiveNotice,
    [decisionKind.type]: receiveDecision,
    [responseKind.type]: receiveResponse,
    [answerKind.type]: receiveAnswer,
    [reportKind.type]: receiveReport,
    [refusalKind.type]: receiveRefusal,
  },
  forget,
  alerts: boardOf,
  pages: publicPages,
  start: async (services) => {
    readLaw(services)
    const running = new AsyncDisposableStack()
    running.use(await startSettling(services))
    running.use(startNoticeClock(services))
    return running
  },
}
