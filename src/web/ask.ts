/** What the node answered instead of what was asked for (RFC 9457), or that it could not be reached (status 0). */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly rule: string | null
  readonly correlation: string | null
  /** What else the node says of it: the pointers of the fields that it is about. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(problem: {
    status: number
    code: string
    title: string
    rule?: string
    correlation?: string
    details?: Readonly<Record<string, unknown>>
  }) {
    super(problem.title)
    this.status = problem.status
    this.code = problem.code
    this.rule = problem.rule ?? null
    this.correlation = problem.correlation ?? null
    this.details = problem.details ?? {}
  }
}

/** Why something is looked at or done, asked once for each piece of work and sent with every request. */
export interface Work {
  readonly purpose: string
  readonly reference: string
}

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** A file in place of the body. */
  readonly file?: Uint8Array<ArrayBuffer>
  /** The same key for a repeat of the same request, so that it is done once. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export type Ask = <Reply>(path: string, asking?: Asking) => Promise<Reply>

/** Asks the node. Throws `Refusal`. */
export function askWith(work: () => Work | undefined, onSignedOut: () => void): Ask {
  return async (path, { method = 'GET', body, file, idempotencyKey, signal } = {}) => {
    const headers = new Headers({ accept: 'application/json' })
    const { purpose, reference } = work() ?? {}
    if (purpose !== undefined) headers.set('comity-purpose', purpose)
    if (reference !== undefined) headers.set('comity-reference', inHeader(reference))
    if (method !== 'GET') {
      headers.set('content-type', file === undefined ? 'application/json' : 'application/octet-stream')
      headers.set('idempotency-key', idempotencyKey ?? crypto.randomUUID())
    }
    const sent = file ?? (body === undefined ? undefined : JSON.stringify(body))
    const request = { method, headers, ...(sent === undefined ? {} : { body: sent }) }
    let response: Response
    try {
      response = await fetch(path, signal === undefined ? request : { ...request, signal })
    } catch (cause) {
      if (signal?.aborted) throw cause
      throw new Refusal({ status: 0, code: 'console/offline', title: 'The node cannot be reached.' })
    }
    const text = await response.text()
    const reply = text === '' ? undefined : JSON.parse(text)
    if (response.ok) return reply
    if (response.status === 401) onSignedOut()
    throw new Refusal({ title: response.statusText, code: 'console/unknown', ...reply, status: response.status })
  }
}

/** Headers hold Latin letters; other scripts go in the form of RFC 8187. */
function inHeader(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`
}
