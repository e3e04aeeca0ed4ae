import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'
import { type Administered, type KnowsOf, streamEvents } from '#http/events'
import { fault } from '#http/faults'
import { describeApi } from '#http/openapi'
import { fullPath, type Operation } from '#http/operation'
import { problemOf } from '#http/problem'
import { type Authenticate, runOperation } from '#http/run-operation'
import type { Services } from '#http/services'
import { sessionCookieName } from '#http/session-cookie'
import { isFault } from '#kernel/fault'

export interface AppOptions {
  readonly services: Services
  readonly operations: readonly Operation[]
  readonly authenticate: Authenticate
  readonly version: string
  /** Who may know of work items that are no records, by type. */
  readonly work?: ReadonlyMap<string, KnowsOf>
  /** Who may know of what is administered, by type. */
  readonly administered?: Administered
}

/** Smaller replies fit into a packet or two as they are, in bytes. */
const packedFrom = 2_048

/** A path that is written out stands before one with a parameter in the same place, whatever order they are declared in. */
export function literalsFirst(operations: readonly Operation[]): Operation[] {
  const rank = (it: Operation) => fullPath(it).replaceAll(/\{[a-zA-Z]+\}/g, '\uffff')
  return operations.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

/** The API of a node: every operation at its path, its description, the stream of changes, and problems as RFC 9457 asks. */
export function createApp(options: AppOptions): Hono {
  const { services, operations, authenticate, version, work = new Map(), administered = {} } = options
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  )
  app.use(async (context, next) => {
    const site = context.req.header('sec-fetch-site')
    if (context.req.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw fault('http/cross-site', 'Requests that write come from the node itself, not from another site.')
    }
    await next()
    context.header('cache-control', 'no-store')
    context.header('comity-exercise', String(services.settings.exercise))
  })
  // On a bad link a list is ten times as fast packed; streams of events are left as they are.
  app.use('/api/v1/*', compress({ encoding: 'gzip', threshold: packedFrom }))
  for (const it of literalsFirst(operations)) {
    const path = fullPath(it).replaceAll(/\{([a-zA-Z]+)\}/g, ':$1')
    app.on(it.method.toUpperCase(), path, (context) => runOperation(it, context, { services, authenticate }))
  }
  const { name } = services.directories.current().members.find((it) => it.id === services.identity.me) ?? {
    name: services.identity.me,
  }
  const description = `${services.settings.exercise ? 'EXERCISE. ' : ''}The API of ${name}.`
  app.get('/api/v1/openapi.json', (context) =>
    context.json(
      describeApi(operations, {
        title: `Comity, ${name}`,
        description,
        version,
        cookie: sessionCookieName(services.store.me),
      }),
    ),
  )
  app.get('/api/v1/events', (context) => streamEvents(context, { services, authenticate, work, administered }))
  app.notFound((context) => answer(fault('http/not-found', 'There is nothing here.'), context.req.path, services))
  app.onError((cause, context) => answer(cause, context.req.path, services))
  return app
}

function answer(cause: unknown, path: string, { log, settings }: Services): Response {
  const correlation = randomUUID()
  const problem = problemOf(cause, correlation)
  if (!isFault(cause)) log.error({ correlation, path, err: cause }, 'request failed')
  return new Response(JSON.stringify(settings.exercise ? { ...problem, exercise: true } : problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}
