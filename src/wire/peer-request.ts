import * as http from 'node:http'
import * as https from 'node:https'
import type { Member } from '#protocol/directory'
import { proofHeader } from '#wire/carrier'
import { fault } from '#wire/faults'

export const answerLimitBytes = 33_554_432
export const patienceMilliseconds = 30_000

interface PeerRequest {
  readonly path: string
  /** JSON; without it the peer is asked with GET. */
  readonly body?: string | undefined
  /** Who asks, where the peer answers members alone (`MemberProof`). */
  readonly proof?: string
  /** Keeps connections; without it each request has its own. */
  readonly agents?: { readonly plain: http.Agent; readonly secure: https.Agent }
  readonly timeoutMilliseconds?: number
  readonly signal?: AbortSignal
}

/** TLS with the certificate that the directory names; plain HTTP to the loopback only. Throws `wire/*`. */
export async function requestPeer({ id, endpoint }: Member, asked: PeerRequest): Promise<string> {
  const { path, body, proof, agents, timeoutMilliseconds: timeout = patienceMilliseconds, signal } = asked
  const url = new URL(path, endpoint.url)
  const secure = url.protocol === 'https:'
  if (!secure && (url.protocol !== 'http:' || !isLoopback(url.hostname)))
    throw fault('wire/insecure', `${id} names an address beyond the loopback that is not HTTPS.`, {
      rule: 'TLS between nodes',
    })
  const { request } = secure ? https : http
  const ca = endpoint.certificate
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(fault('wire/no-answer', `${id} does not answer.`, { cause }))
    const outgoing = request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        agent: agents === undefined ? false : secure ? agents.secure : agents.plain,
        timeout,
        headers: {
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(proof === undefined ? {} : { [proofHeader]: proof }),
        },
        ...(signal === undefined ? {} : { signal }),
        ...(secure ? { minVersion: 'TLSv1.3' as const, ...(ca === undefined ? {} : { ca }) } : {}),
      },
      (incoming) => {
        readAll(incoming).then((text) => {
          if (incoming.statusCode === 200) resolve(text)
          else {
            const details = { status: incoming.statusCode ?? null }
            reject(fault('wire/bad-answer', `${id} answers with status ${incoming.statusCode}.`, { details }))
          }
        }, failed)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > answerLimitBytes) throw fault('wire/bad-answer', 'The answer is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
