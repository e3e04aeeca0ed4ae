import * as http from 'node:http'
import * as https from 'node:https'
import { parseJson } from '#kernel/json'
import type { Member, SignedDirectory } from '#protocol/directory'
import { wirePaths } from '#wire/carrier'
import { fault } from '#wire/faults'
import { isLoopback } from '#wire/https-carrier'

const limitBytes = 33_554_432
const timeoutMilliseconds = 30_000

/** The directory that a peer has in force, not verified. Throws `wire/*` and `json/*`. */
export async function askDirectory(peer: Member, signal: AbortSignal): Promise<unknown> {
  return parseJson(await exchange(peer, undefined, signal), { bytes: limitBytes, depth: 16 })
}

/** Hands a directory to a peer, which judges it by its own pinned keys. Throws `wire/*` when it was not taken. */
export async function handDirectory(peer: Member, directory: SignedDirectory, signal: AbortSignal): Promise<void> {
  await exchange(peer, JSON.stringify(directory), signal)
}

/** TLS with the certificate that the directory names, as for envelopes; plain HTTP to the loopback only. */
function exchange({ id, endpoint }: Member, body: string | undefined, signal: AbortSignal): Promise<string> {
  const url = new URL(wirePaths.directory, endpoint.url)
  const secure = url.protocol === 'https:'
  if (!secure && (url.protocol !== 'http:' || !isLoopback(url.hostname)))
    throw fault('wire/insecure', `${id} names an address beyond the loopback that is not HTTPS.`)
  const { request } = secure ? https : http
  const ca = endpoint.certificate
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(fault('wire/no-answer', `${id} does not answer.`, { cause }))
    const outgoing = request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        agent: false,
        signal,
        timeout: timeoutMilliseconds,
        headers:
          body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        ...(secure ? { minVersion: 'TLSv1.3' as const, ...(ca === undefined ? {} : { ca }) } : {}),
      },
      (incoming) => {
        readAll(incoming).then((text) => {
          if (incoming.statusCode === 200) resolve(text)
          else reject(fault('wire/bad-answer', `${id} answers with status ${incoming.statusCode}.`))
        }, failed)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > limitBytes) throw fault('wire/bad-answer', 'The answer is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
