import type { Capability } from '#capabilities/capability'
import { travelDocuments } from '#capabilities/documents/engine'
import * as fileRoutes from '#capabilities/documents/file-routes'
import { startFiles } from '#capabilities/documents/file-runner'
import { startIndex } from '#capabilities/documents/follow'
import * as questionRoutes from '#capabilities/documents/question-routes'
import { afterWithdrawal } from '#capabilities/documents/question-rows'
import { receiveAnswer, receiveDeclaration, receiveFeedback, receiveQuestion } from '#capabilities/documents/receive'
import { answerKind, declarationKind, feedbackKind, questionKind } from '#capabilities/documents/record'
import { declare, list, lookUp, recover } from '#capabilities/documents/routes'
import { seedDocuments } from '#capabilities/documents/seed'
import { migrations } from '#capabilities/documents/store'

export const documents: Capability = {
  name: 'documents',
  migrations,
  kinds: [declarationKind, questionKind, answerKind, feedbackKind],
  operations: [declare, recover, lookUp, list, ...Object.values(fileRoutes), ...Object.values(questionRoutes)],
  records: {
    [declarationKind.type]: receiveDeclaration,
    [questionKind.type]: receiveQuestion,
    [answerKind.type]: receiveAnswer,
    [feedbackKind.type]: receiveFeedback,
  },
  forget: afterWithdrawal,
  seed: seedDocuments,
  documents: travelDocuments,
  start: async (services) => {
    const running = new AsyncDisposableStack()
    running.use(await startIndex(services))
    running.use(await startFiles(services))
    return running
  },
}
