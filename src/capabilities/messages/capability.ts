import type { Capability } from '#capabilities/capability'
import { followWithdrawals } from '#capabilities/messages/follow'
import { receiveMessage } from '#capabilities/messages/receive'
import { messageKind } from '#capabilities/messages/record'
import * as routes from '#capabilities/messages/routes'
import { migrations } from '#capabilities/messages/store'
import { workAfterWithdrawal } from '#capabilities/messages/work'

export const messages: Capability = {
  name: 'messages',
  migrations,
  kinds: [messageKind],
  operations: Object.values(routes),
  records: { [messageKind.type]: receiveMessage },
  forget: workAfterWithdrawal,
  start: followWithdrawals,
}
