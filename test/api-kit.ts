import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Stage } from './stage-kit.ts'

/** One request over real HTTP, said byte for byte, and its answer as it came. */

export interface Ask {
  readonly method?: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, with the content type of the headers. */
  readonly raw?: string | Uint8Array
  readonly purpose?: string | null
  /** Asks over TLS, trusting this certificate alone. */
  readonly ca?: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests check what they read
  readonly json: any
}

/** Asks a node. Paths go out as they are: what `fetch` would tidy up (dots, NUL) arrives. A purpose is named unless it is null. */
export function ask(port: number, path: string, options: Ask = {}): Promise<Reply> {
  const {
    method = options.body === undefined && options.raw === undefined ? 'GET' : 'POST',
    token,
    purpose,
    ca,
  } = options
  const payload = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const headers: Record<string, string> = {
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    ...(payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(purpose === null
      ? {}
      : { 'comity-purpose': purpose ?? 'counter-terrorism', 'comity-reference': 'test case 1' }),
    ...options.headers,
  }
  return new Promise((resolve, reject) => {
    const where = { host: '127.0.0.1', port, path, method, headers, agent: false as const }
    const answered = (incoming: IncomingMessage) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: jsonOf(text) })
      })
    }
    const outgoing = ca === undefined ? plainRequest(where, answered) : secureRequest({ ...where, ca }, answered)
    outgoing.on('error', reject)
    outgoing.end(payload)
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks as a person of a member. */
export function asPerson(stage: Stage, member: string, username: string) {
  return (path: string, options: Ask = {}) =>
    ask(stage.port(member), path, { token: stage.token(member, username), ...options })
}
