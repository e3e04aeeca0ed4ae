import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { retryAfter } from '#capabilities/lists/download-clock'
import { fault } from '#capabilities/lists/rules'
import { wrongStart } from '#formats/first-bytes'
import type { ListFormatName } from '#formats/list-formats'
import { isFault } from '#kernel/fault'
import { writeFrom } from '#kernel/written-file'
import limits from './download-limits.json' with { type: 'json' }

/** What a source said of the version that it sent, to ask with the next time (RFC 9110 section 13). */
export interface Validators {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

export type Answer = { readonly kind: 'same' } | ({ readonly kind: 'file'; readonly bytes: number } & Validators)

export type Refusal =
  | 'address'
  | 'redirect'
  | 'status'
  | 'type'
  | 'size'
  | 'time'
  | 'network'
  | 'html'
  | 'packed'
  | 'empty'
  | 'other'

export interface PartRequest {
  readonly url: string
  readonly format: ListFormatName
  /** Where the file is to lie; it is there whole or not at all. */
  readonly file: string
  /** Media types that the answer may have. */
  readonly types: readonly string[]
  readonly mayAsk: (url: URL) => boolean
  readonly validators?: Validators | undefined
  readonly signal?: AbortSignal | undefined
  readonly now: Date
  /** Most bytes and longest time, when others than those of download-limits.json. */
  readonly bytes?: number
  readonly seconds?: number
}

/** Only https, only a host that the source states, on its own port, and no credentials in the address. */
export function isStated(url: URL, hosts: readonly string[]): boolean {
  return (
    url.protocol === 'https:' &&
    hosts.includes(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/**
 * Asks for one file of a list, with the validators of the one before. Redirects are followed by hand, so that each address is
 * looked at before it is asked. Throws `lists/download-refused`, whose details say `why`, the status and how long the source
 * wants to be left alone.
 */
export async function fetchPart(request: PartRequest): Promise<Answer> {
  const { seconds = limits.timeoutSeconds } = request
  const timeout = AbortSignal.timeout(seconds * 1_000)
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal])
  try {
    const response = await ask(request, signal)
    if (response.status === 304) {
      await response.body?.cancel()
      return { kind: 'same' }
    }
    return await take(response, request, signal)
  } catch (cause) {
    if (isFault(cause)) throw cause
    if (timeout.aborted) throw refuse('time', `The source did not answer within ${seconds} seconds.`, { cause })
    throw refuse('network', 'The source cannot be reached, or broke off.', { cause })
  }
}

async function ask(request: PartRequest, signal: AbortSignal): Promise<Response> {
  const { validators = {}, mayAsk } = request
  const headers: Record<string, string> = { accept: request.types.join(', '), 'user-agent': 'comity' }
  if (validators.etag !== undefined) headers['if-none-match'] = validators.etag
  if (validators.lastModified !== undefined) headers['if-modified-since'] = validators.lastModified
  let url = new URL(request.url)
  for (let hop = 0; hop <= limits.redirects; hop++) {
    if (!mayAsk(url)) throw refuse('address', `The source leads to ${url.origin}, which it does not state.`)
    const response = await fetch(url, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return checked(response, request)
    await response.body?.cancel()
    url = new URL(location, url)
  }
  throw refuse('redirect', `The source redirects more than ${limits.redirects} times.`)
}

function checked(response: Response, { types, now }: PartRequest): Response {
  const { status, headers } = response
  if (status === 304) return response
  if (status !== 200) {
    const seconds = retryAfter(headers.get('retry-after'), now)
    void response.body?.cancel()
    throw refuse('status', `The source answers ${status}.`, { details: { status, retryAfterSeconds: seconds } })
  }
  const type = (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (types.includes(type)) return response
  void response.body?.cancel()
  throw refuse('type', `The source sends ${type || 'no media type'}, which is none of this list.`, {
    details: { type },
  })
}

const whyWords = {
  empty: 'The source sends nothing.',
  html: 'The source sends a web page in place of the list.',
  packed: 'The source sends an archive or a document in place of the list.',
  other: 'What the source sends does not begin like this list.',
} as const

async function take(response: Response, request: PartRequest, signal: AbortSignal): Promise<Answer> {
  const { file, format, bytes: most = limits.bytes } = request
  let bytes = 0
  async function* counted() {
    let start: Uint8Array | undefined = new Uint8Array()
    for await (const chunk of Readable.fromWeb(response.body as never) as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength
      if (bytes > most) throw refuse('size', `The source sends more than ${most} bytes.`)
      if (start !== undefined && start.byteLength < 512) start = Buffer.concat([start, chunk])
      if (start !== undefined && start.byteLength >= 512) {
        checkStart(format, start)
        start = undefined
      }
      yield chunk
    }
    if (start !== undefined) checkStart(format, start)
  }
  mkdirSync(dirname(file), { recursive: true })
  if (response.body === null) throw refuse('empty', whyWords.empty)
  await writeFrom(counted(), file, { signal })
  const [etag, lastModified] = [response.headers.get('etag'), response.headers.get('last-modified')]
  return {
    kind: 'file',
    bytes,
    ...(etag === null ? {} : { etag: etag.slice(0, 512) }),
    ...(lastModified === null ? {} : { lastModified: lastModified.slice(0, 64) }),
  }
}

function checkStart(format: ListFormatName, start: Uint8Array): void {
  const wrong = wrongStart(format, start)
  if (wrong !== null) throw refuse(wrong, whyWords[wrong])
}

function refuse(why: Refusal, text: string, options: { cause?: unknown; details?: object } = {}) {
  const { cause, details = {} } = options
  return fault('lists/download-refused', `${text} Nothing was changed.`, { cause, details: { why, ...details } })
}
