import type { Connection } from '#cli/connection'
import { fault, NodeProblem } from '#cli/failure'
import { rememberNode } from '#cli/node-facts'
import type { Terminal } from '#cli/terminal'
import type { Problem } from '#http/problem'

export interface Call {
  readonly method?: string
  /** From the root of the node: `/api/v1/…` or another of its paths. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly idempotencyKey?: string
  readonly timeoutSeconds?: number
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

export interface Client {
  readonly url: string
  readonly signedIn: boolean
  /** One request and its whole reply. Throws `NodeProblem` for what the node refuses, `cli/unreachable` when none answers. */
  call(call: Call): Promise<Reply>
  /** The same, read as JSON. */
  json<Value>(call: Call): Promise<Value>
  /** A request whose reply, or whose body, is a stream. */
  open(call: Omit<Call, 'body' | 'timeoutSeconds'>, init?: RequestInit): Promise<Response>
}

const usualTimeoutSeconds = 120
/** Only a request that can be repeated without doing its work twice is repeated, after these pauses. */
const pausesMilliseconds = [250, 1_000]

export function openClient(connection: Connection, terminal: Terminal): Client {
  const facts = rememberNode(connection.url, terminal)
  let trusted: Promise<void> | undefined

  const open: Client['open'] = async ({ method = 'GET', path, headers, idempotencyKey }, init = {}) => {
    trusted ??= trustAuthority(connection)
    await trusted
    const { token } = connection
    const response = await fetch(`${connection.url}${path}`, {
      // A redirect would carry the token to wherever it points.
      redirect: 'error',
      ...init,
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...headers,
        ...(init.headers as Record<string, string> | undefined),
      },
    }).catch((cause: unknown) => {
      if (init.signal?.aborted && (cause as Error).name === 'AbortError') throw cause
      throw unreachable(connection.url, { cause, idempotencyKey })
    })
    await facts.see(response.headers)
    if (!response.ok) throw await problemIn(response, connection)
    return response
  }

  const call = async ({ body, timeoutSeconds = usualTimeoutSeconds, ...rest }: Call): Promise<Reply> => {
    const repeatable = (rest.method ?? 'GET') === 'GET' || rest.idempotencyKey !== undefined
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await open(rest, {
          signal: AbortSignal.timeout(timeoutSeconds * 1_000),
          ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        })
        const text = await response.text().catch((cause: unknown) => {
          throw unreachable(connection.url, { cause, idempotencyKey: rest.idempotencyKey })
        })
        return { status: response.status, headers: response.headers, text }
      } catch (cause) {
        const pause = pausesMilliseconds[attempt]
        if (!repeatable || pause === undefined || !brokeOff(cause)) throw cause
        await new Promise((resume) => setTimeout(resume, pause))
      }
    }
  }

  return {
    url: connection.url,
    signedIn: connection.token !== undefined,
    call,
    open,
    json: async <Value>(it: Call) => {
      const { text } = await call(it)
      try {
        return JSON.parse(text) as Value
      } catch (cause) {
        throw fault('cli/failed', `${connection.url} answered ${it.path} with something that is not JSON.`, { cause })
      }
    },
  }
}

/** The connection was there and was lost, so the node may have done the work or not. */
function brokeOff(cause: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(causeCode(cause) ?? '')
}

function causeCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  const { code } = cause as NodeJS.ErrnoException
  if (code !== undefined && !code.startsWith('cli/')) return code
  return causeCode(cause instanceof AggregateError ? cause.errors[0] : cause.cause)
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name cannot be looked up now',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is of no authority that this machine knows; sign in with --authority FILE',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is of no authority that this machine knows; sign in with --authority FILE',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of no authority that this machine knows; sign in with --authority FILE',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

export function reasonOf(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'it did not answer in time'
  const code = causeCode(cause)
  return reasons[code ?? ''] ?? code ?? deepestMessage(cause)
}

function deepestMessage(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause === undefined ? cause.message : deepestMessage(cause.cause)
}

function unreachable(url: string, { cause, idempotencyKey }: { cause: unknown; idempotencyKey: string | undefined }) {
  const doubt = idempotencyKey !== undefined && (brokeOff(cause) || (cause as Error).name === 'TimeoutError')
  return fault('cli/unreachable', `${url} cannot be reached: ${reasonOf(cause)}.`, {
    cause,
    ...(doubt ? { details: { idempotencyKey } } : {}),
  })
}

async function problemIn(response: Response, { url }: Connection): Promise<NodeProblem> {
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.title === 'string' && typeof problem.code === 'string')
      return new NodeProblem({ ...problem, status: response.status }, text)
  } catch {} // a proxy's page, or nothing
  const title = `${url} answered with status ${response.status} and no explanation. Is this the address of a Comity node?`
  const problem = { type: 'about:blank', title, status: response.status, code: 'cli/failed', correlation: '' }
  return new NodeProblem(problem, JSON.stringify(problem))
}

async function trustAuthority({ authorityFile }: Connection): Promise<void> {
  if (authorityFile === undefined) return
  const { getCACertificates, setDefaultCACertificates } = await import('node:tls')
  const { readText } = await import('#cli/values')
  setDefaultCACertificates([...getCACertificates('default'), readText(authorityFile)])
}
