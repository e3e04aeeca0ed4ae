import * as http from 'node:http'
import * as https from 'node:https'
import { parseJson } from '#kernel/json'
import type { Member } from '#protocol/directory'
import { BatchAnswer, type Carrier, wirePaths } from '#wire/carrier'
import { fault } from '#wire/faults'
import { answerLimitBytes, patienceMilliseconds, requestPeer } from '#wire/peer-request'

/** Envelopes and greetings over HTTPS, with at most two kept-alive connections a peer. */
export function httpsCarrier({
  me,
  timeoutMilliseconds = patienceMilliseconds,
}: {
  me: string
  timeoutMilliseconds?: number
}): Carrier {
  const kept = { keepAlive: true, maxSockets: 2 }
  // Connections are told apart by address and certificate, so one of each serves all peers.
  const agents = { plain: new http.Agent(kept), secure: new https.Agent(kept) }

  const post = (member: Member, path: string, value: unknown) =>
    requestPeer(member, { path, body: JSON.stringify(value), agents, timeoutMilliseconds })

  return {
    async send(to, envelopes) {
      const parsed = BatchAnswer.safeParse(
        parseJson(await post(to, wirePaths.envelopes, { envelopes }), { bytes: answerLimitBytes, depth: 8 }),
      )
      if (!parsed.success) throw fault('wire/bad-answer', `${to.id} answers in a form that is not the protocol's.`)
      return parsed.data
    },
    async greet(to) {
      await post(to, wirePaths.greeting, { member: me })
    },
    close() {
      agents.plain.destroy()
      agents.secure.destroy()
    },
  }
}
