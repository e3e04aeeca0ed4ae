import type { Threat } from '#capabilities/threats/record'
import { checkValidity } from '#capabilities/threats/rules'
import type { RecordReceiver } from '#wire/receiver'

/** What it is linked to may be unknown here: the ids then point at nothing, and the warning stands. */
export const receiveThreat: RecordReceiver = async ({ body, handling }) => {
  checkValidity(body as unknown as Threat, handling)
  return {}
}
