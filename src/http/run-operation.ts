import type { Context } from 'hono'
import { z } from 'zod'
import { fault } from '#http/faults'
import type { Operation, SignedIn } from '#http/operation'
import type { Services } from '#http/services'
import { canonical, hashOf } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { defaultJsonLimits, isStorable, parseJson } from '#kernel/json'
import { partyOf } from '#protocol/directory'
import { Purpose } from '#protocol/handling'
import type { Change } from '#store/change'
import { type Caller, openReader } from '#store/reader'
import type { Reply } from '#store/write-change'

/** Finds who is behind a request, from its cookie or its bearer token; `undefined` for nobody. */
export type Authenticate = (headers: Headers, services: Services) => Promise<SignedIn | undefined>

/** One request through its operation: who, may they, read, check, handle, answer. */
export async function runOperation(
  it: Operation,
  context: Context,
  { services, authenticate }: { services: Services; authenticate: Authenticate },
): Promise<Response> {
  const headers = context.req.raw.headers
  const signedIn = await authenticate(headers, services)
  const caller = callerOf(signedIn, headers, services)
  try {
    checkAccess(it, signedIn, caller)
    const limit = it.limitBytes ?? defaultJsonLimits.bytes
    const text = it.method === 'get' || it.body === undefined ? '' : await readBody(context, limit)
    const params = parse(it.params, context.req.param(), 'path')
    const query = parse(it.query, queryOf(it, context), 'query')
    const body = parse(
      strictly(it),
      text === '' ? undefined : parseJson(text, { ...defaultJsonLimits, bytes: limit }),
      'body',
    )
    const key = it.method === 'get' || it.reads === true ? null : headers.get('idempotency-key')
    const request = hashOf([it.id, context.req.path, text])
    if (key !== null) {
      const before = await answeredBefore(services, { caller: nameOf(caller), key, request })
      if (before !== undefined) return before
    }
    const status = it.status ?? 200
    const commit = async <Value>(change: Change, value: Value): Promise<Value> => {
      const reply: Reply | undefined =
        key === null ? undefined : { caller: nameOf(caller), key, request, status, body: canonical(value) }
      await services.store.commit(change, reply)
      return value
    }
    const upload = readLimited(context, it.upload ? limit : 0)
    const cookies: string[] = []
    const reader = openReader(services.store, caller)
    const value = await it.handle({
      params,
      query,
      body,
      upload,
      caller,
      signedIn,
      reader,
      services,
      commit,
      headers,
      address: addressOf(context),
      setCookie: (cookie) => cookies.push(cookie),
    })
    const response = context.json(value as object, status)
    for (const cookie of cookies) response.headers.append('set-cookie', cookie)
    return response
  } catch (cause) {
    if (isFault(cause) && cause.kind === 'forbidden' && signedIn !== undefined)
      await auditRefusal(it, caller, { cause, services })
    throw cause
  }
}

function callerOf(signedIn: SignedIn | undefined, headers: Headers, services: Services): Caller {
  const purpose = Purpose.safeParse(headers.get('comity-purpose') ?? undefined).data
  const reference = headerText(headers.get('comity-reference'))?.slice(0, 200)
  const base = signedIn?.caller ?? {
    actor: {
      member: partyOf(services.directories.current(), services.identity.me),
      person: { id: 'nobody', roles: [] },
    },
    via: 'session' as const,
  }
  // A token can bring its own: software that knows no such headers, such as a yente client, still states why it asks.
  return { ...base, purpose: purpose ?? base.purpose, reference: reference ?? base.reference }
}

/** A header holds Latin letters only; other scripts come in the form of RFC 8187. */
function headerText(value: string | null): string | undefined {
  if (value === null || !value.startsWith(extendedValue)) return value ?? undefined
  try {
    return decodeURIComponent(value.slice(extendedValue.length))
  } catch (cause) {
    throw fault('http/malformed', 'The header comity-reference is not in the form of RFC 8187.', { cause })
  }
}

const extendedValue = "UTF-8''"

/** What `@hono/node-server` tells of the connection; requests that come from no network have none. */
function addressOf({ env }: Context): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}

function nameOf({ actor }: Caller): string {
  return actor.person?.id ?? 'node'
}

function checkAccess({ access }: Operation, signedIn: SignedIn | undefined, caller: Caller): void {
  if (access.roles === 'anyone') return
  if (signedIn === undefined) throw fault('http/not-signed-in', 'Sign in, or send a bearer token.')
  if (access.roles !== 'signed-in' && !access.roles.some((role) => signedIn.person.roles.includes(role))) {
    throw fault('http/role', `This is for the role ${access.roles.join(' or ')}.`, { rule: 'role' })
  }
  if (!signedIn.scopes.includes(access.scope))
    throw fault('http/scope', `The token lacks the scope ${access.scope}.`, { rule: 'scope' })
  if (access.purpose !== true) return
  if (caller.purpose === undefined) {
    throw fault(
      'http/purpose-missing',
      `Name the purpose in the header comity-purpose: ${Purpose.options.join(', ')}.`,
      { rule: 'purpose limitation' },
    )
  }
  if (caller.reference === undefined || caller.reference.trim().length < 3) {
    throw fault(
      'http/reference-missing',
      'Name the case or file in the header comity-reference, at least 3 characters.',
      { rule: 'purpose limitation' },
    )
  }
}

async function readBody(context: Context, limit: number): Promise<string> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw fault('http/unsupported-type', 'Send application/json.')
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of readLimited(context, limit)) chunks.push(chunk)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw fault('http/malformed', 'The body is not UTF-8.', { cause })
  }
}

async function* readLimited(context: Context, limit: number): AsyncGenerator<Uint8Array> {
  const tooLarge = () => fault('http/too-large', `The body is larger than ${limit} bytes.`, { details: { limit } })
  if (Number(context.req.header('content-length') ?? 0) > limit) throw tooLarge()
  let size = 0
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    yield chunk
  }
}

/**
 * A member that the schema does not name is refused: a misspelt `marks` would otherwise share what it was to keep back.
 * Operations at the addresses of other software are lenient, as that software is.
 */
function strictly({ body, base }: Operation): z.ZodType | undefined {
  return body instanceof z.ZodObject && body.def.catchall === undefined && base === undefined ? body.strict() : body
}

/** The first value of each parameter; all of them for one that takes a list. */
function queryOf({ query }: Operation, context: Context): Record<string, string | string[]> {
  const given = Object.entries(context.req.queries())
  return Object.fromEntries(
    given.map(([name, values]) => {
      const isList = values.length > 1 && query?.shape[name]?.safeParse(values).success === true
      return [name, isList ? values : values[0]!]
    }),
  )
}

function parse(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (schema === undefined) return undefined
  // Bodies are held to this as they are parsed; a percent-encoded NUL would come as far as the database.
  if (place !== 'body' && !isStorable(value)) throw fault('http/malformed', `The ${place} holds a NUL character.`)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
    .slice(0, 20)
    .map((it) => ({ at: `/${it.path.map(String).join('/')}`, message: it.message }))
  const [first] = issues
  throw fault('http/malformed', `The ${place} cannot be read: ${first?.at ?? ''} ${first?.message ?? ''}`.trim(), {
    details: { issues },
  })
}

async function answeredBefore(
  { store }: Services,
  asked: { caller: string; key: string; request: string },
): Promise<Response | undefined> {
  if (asked.key.length > 128) throw fault('http/malformed', 'The idempotency key is longer than 128 characters.')
  const row = await store.db
    .selectFrom('replies')
    .selectAll()
    .where('caller', '=', asked.caller)
    .where('key', '=', asked.key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.request !== asked.request)
    throw fault('http/key-reused', 'This idempotency key was used for another request.')
  return new Response(row.body, {
    status: row.status,
    headers: { 'content-type': 'application/json', 'comity-replayed': 'true' },
  })
}

async function auditRefusal(
  it: Operation,
  caller: Caller,
  { cause, services }: { cause: Error & { code?: string; rule?: string | undefined }; services: Services },
): Promise<void> {
  await services.store.commit({
    audit: [
      {
        act: 'refuse',
        outcome: 'refused',
        actor: {
          member: caller.actor.member.id,
          person: nameOf(caller),
          role: caller.actor.person?.roles[0] ?? null,
          via: caller.via,
        },
        purpose: caller.purpose ?? null,
        reference: caller.reference ?? null,
        object: null,
        owner: null,
        recipient: null,
        rule: cause.rule ?? null,
        reason: `${it.id}: ${cause.code}`,
        details: {},
      },
    ],
  })
}
