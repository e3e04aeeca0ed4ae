import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LaunchedFederation } from '#node/launch'

/** A reply of a node, whatever its status. */
export interface ApiReply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: the story checks what it reads
  readonly body: any
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** A file in place of the body. */
  readonly file?: Uint8Array<ArrayBuffer>
  readonly purpose?: string
  readonly reference?: string
}

export interface ApiClient {
  /** One request as a person of a member. `fr/officer` is the duty officer of France. */
  ask(who: `${string}/${string}`, path: string, ask?: Ask): Promise<ApiReply>
  /** The same, and anything but success is an error. */
  // biome-ignore lint/suspicious/noExplicitAny: the story checks what it reads
  get(who: `${string}/${string}`, path: string, ask?: Ask): Promise<any>
}

/** How long a client goes on when a node does not answer: it may be starting again. */
export interface Patience {
  readonly milliseconds: number
}

/**
 * The public API as the exercise uses it. A write carries an idempotency key, so a request whose answer was lost is sent again
 * without harm; that is what lets the story go on when a node is killed in the middle of it.
 */
export function apiClient(
  federation: Pick<LaunchedFederation, 'url' | 'token'>,
  patience: Patience = { milliseconds: 0 },
): ApiClient {
  async function ask(
    who: `${string}/${string}`,
    path: string,
    { method = 'GET', body, file, purpose, reference }: Ask = {},
  ): Promise<ApiReply> {
    const [member = '', username = ''] = who.split('/')
    const headers: Record<string, string> = { authorization: `Bearer ${federation.token(member, username)}` }
    if (method !== 'GET') headers['idempotency-key'] = randomUUID()
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (file !== undefined) headers['content-type'] = 'application/octet-stream'
    if (purpose !== undefined) headers['comity-purpose'] = purpose
    if (reference !== undefined) headers['comity-reference'] = reference
    const url = `${federation.url(member)}${path}`
    const until = Date.now() + patience.milliseconds
    for (;;) {
      try {
        const response = await fetch(url, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...(file === undefined ? {} : { body: file }),
          signal: AbortSignal.timeout(20_000),
        })
        const reply = { status: response.status, body: await response.json() }
        if (response.status < 500 || Date.now() > until) return reply
      } catch (cause) {
        if (Date.now() > until) throw new Error(`${member} does not answer at ${url}`, { cause })
      }
      await sleep(50)
    }
  }

  return {
    ask,
    async get(who, path, options) {
      const reply = await ask(who, path, options)
      if (reply.status >= 300)
        throw new Error(`${who} ${options?.method ?? 'GET'} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
      return reply.body
    },
  }
}

/** Reads until the value is as hoped, or fails after the time given, saying what was last seen. */
export async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  { milliseconds = 10_000, every = 15 } = {},
): Promise<T> {
  const until = performance.now() + milliseconds
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > until)
      throw new Error(
        `did not come about within ${milliseconds} ms; last seen: ${JSON.stringify(value)?.slice(0, 2_000)}`,
      )
    await sleep(every)
  }
}
