import * as http from 'node:http'
import * as https from 'node:https'
import { parseJson } from '#kernel/json'
import type { Member } from '#protocol/directory'
import { BatchAnswer, type Carrier, wirePaths } from '#wire/carrier'
import { fault } from '#wire/faults'

const answerLimitBytes = 33_554_432

/** TLS with the certificate that the directory names; plain HTTP to the loopback only. One kept-alive connection a peer. */
export function httpsCarrier({
  me,
  timeoutMilliseconds = 30_000,
}: {
  me: string
  timeoutMilliseconds?: number
}): Carrier {
  const plain = new http.Agent({ keepAlive: true, maxSockets: 2 })
  const secure = new Map<string, https.Agent>()

  function agentFor(member: Member): http.Agent {
    const url = new URL(member.endpoint.url)
    if (url.protocol !== 'https:') {
      if (url.protocol !== 'http:' || !isLoopback(url.hostname))
        throw fault('wire/insecure', `${member.id} names an address beyond the loopback that is not HTTPS.`, {
          rule: 'TLS between nodes',
        })
      return plain
    }
    const ca = member.endpoint.certificate
    const name = `${member.id} ${ca ?? ''}`
    let agent = secure.get(name)
    if (agent === undefined) {
      agent = new https.Agent({
        keepAlive: true,
        maxSockets: 2,
        minVersion: 'TLSv1.3',
        ...(ca === undefined ? {} : { ca }),
      })
      secure.set(name, agent)
    }
    return agent
  }

  function post(member: Member, path: string, value: unknown): Promise<string> {
    const body = JSON.stringify(value)
    const url = new URL(path, member.endpoint.url)
    const { request } = url.protocol === 'https:' ? https : http
    return new Promise((resolve, reject) => {
      const failed = (cause: unknown) => reject(fault('wire/no-answer', `${member.id} does not answer.`, { cause }))
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent: agentFor(member),
          timeout: timeoutMilliseconds,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (incoming) => {
          readAll(incoming).then((text) => {
            if (incoming.statusCode === 200) resolve(text)
            else reject(fault('wire/bad-answer', `${member.id} answers with status ${incoming.statusCode}.`))
          }, failed)
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
      outgoing.on('error', failed)
      outgoing.end(body)
    })
  }

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
      plain.destroy()
      for (const agent of secure.values()) agent.destroy()
    },
  }
}

export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

async function readAll(stream: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > answerLimitBytes) throw fault('wire/bad-answer', 'The answer is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
