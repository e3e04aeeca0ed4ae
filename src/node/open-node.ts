import { readFileSync } from 'node:fs'
import { createServer as createHttpsServer } from 'node:https'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import pino, { type Logger } from 'pino'
import { capabilities } from '#capabilities/index'
import { createApp } from '#http/app'
import type { Operation } from '#http/operation'
import { noSameness, type Sameness } from '#http/sameness'
import type { People, Services } from '#http/services'
import type { Alerts, TravelDocuments } from '#http/travellers'
import { type Clock, systemClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { NodeConfig } from '#node/config'
import { readExerciseDesks } from '#node/exercise-desks'
import { openGround } from '#node/ground'
import { plantSeed } from '#node/seed'
import { startRetention } from '#store/retention'
import type { Store } from '#store/store'
import { type Delivery, startDelivery } from '#wire/deliver'
import { startGreetings } from '#wire/greetings'
import { httpsCarrier } from '#wire/https-carrier'
import { openInbox } from '#wire/inbox'
import type { Receivers } from '#wire/receiver'
import type { RetryPolicy } from '#wire/retry'
import { wireRoutes } from '#wire/routes'

export interface NodeOptions {
  readonly clock?: Clock
  readonly log?: Logger
  readonly retry?: RetryPolicy
}

export interface RunningNode extends AsyncDisposable {
  readonly url: string
  readonly services: Services
  readonly delivery: Delivery
}

export const version = '0.1.0'
export const operations: readonly Operation[] = capabilities.flatMap((it) => it.operations ?? [])

/** The composition root: configuration, store, capabilities, HTTP and wire become one running node. */
export async function openNode(config: NodeConfig, options: NodeOptions = {}): Promise<RunningNode> {
  const {
    clock = systemClock,
    log = pino({ level: process.env.LOG_LEVEL ?? 'warn', base: { member: config.member } }),
  } = options
  await using cleanup = new AsyncDisposableStack()
  const { store, identity, directories } = cleanup.use(await openGround(config, clock))
  const kinds = new Map(capabilities.flatMap((it) => it.kinds ?? []).map((it) => [it.type, it]))
  const exercise = directories.current().exercise
  let alerts: Alerts | undefined
  let documents: TravelDocuments | undefined
  const services: Services = {
    store,
    identity,
    directories,
    kinds,
    people: peopleOf(store),
    sameness: samenessOf(store),
    get alerts() {
      alerts ??= alertsOf(services)
      return alerts
    },
    get documents() {
      documents ??= documentsOf(services)
      return documents
    },
    log,
    settings: {
      publicUrl: config.publicUrl,
      exercise,
      exerciseDesks: readExerciseDesks(config, exercise),
      dataDirectory: config.dataDirectory,
      version,
      lists: config.lists,
    },
  }
  const carrier = cleanup.adopt(httpsCarrier({ me: config.member }), (it) => it.close())
  const delivery = cleanup.use(
    startDelivery({
      store,
      identity,
      carrier,
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      onProblem: (problem) => log.info(problem, 'delivery pauses'),
    }),
  )
  const onFailure = (cause: unknown) => log.error({ err: cause }, 'an envelope could not be taken')
  const greetings = startGreetings({ store, carrier, directory: identity.directory })
  const inbox = openInbox({ store, identity, receivers: receiversOf(services), onFailure })

  const app = new Hono()
  app.route(
    '/',
    wireRoutes({
      inbox,
      directories: services.directories,
      delivery,
      store,
      me: config.member,
      onGreeting: greetings.answer,
    }),
  )
  const work = new Map(capabilities.flatMap((it) => Object.entries(it.work ?? {})))
  const administered = Object.assign({}, ...capabilities.map((it) => it.administered ?? {}))
  const api = createApp({ services, operations, authenticate: authenticator(), version, work, administered })
  for (const it of capabilities) it.pages?.(app, services)
  app.route('/', api)
  app.notFound((context) => api.fetch(context.req.raw))

  if (config.seedFile !== undefined) await plantSeed(config.seedFile, services)
  // Nobody is answered before everything has started, and everything runs until the last answer is given.
  for (const it of capabilities) if (it.start !== undefined) cleanup.use(await it.start(services))
  cleanup.defer(() => inbox.idle())
  const server = await listen(app, config)
  cleanup.defer(() => close(server))
  cleanup.use(startRetention(store, (cause) => log.error({ err: cause }, 'what is past its time could not be removed')))
  greetings.sayHello()
  const running = cleanup.move()
  return { url: config.publicUrl, services, delivery, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function peopleOf(store: Store): People {
  const found = capabilities.find((it) => it.people !== undefined)?.people
  return found?.(store) ?? { standing: async () => new Map() }
}

function samenessOf(store: Store): Sameness {
  const found = capabilities.find((it) => it.sameness !== undefined)?.sameness
  return found?.(store) ?? noSameness
}

function alertsOf(services: Services): Alerts {
  const found = capabilities.find((it) => it.alerts !== undefined)?.alerts
  return found?.(services) ?? { search: () => [], find: () => undefined, version: 0 }
}

function documentsOf(services: Services): TravelDocuments {
  const found = capabilities.find((it) => it.documents !== undefined)?.documents
  return found?.(services) ?? { lookUp: () => [], size: 0 }
}

function authenticator() {
  const found = capabilities.find((it) => it.authenticate !== undefined)?.authenticate
  return found ?? (async () => undefined)
}

function receiversOf({ kinds }: Services): Receivers {
  const records = new Map(capabilities.flatMap((it) => Object.entries(it.records ?? {})))
  const contents = new Map(capabilities.flatMap((it) => Object.entries(it.contents ?? {})))
  return {
    kind: (type) => kinds.get(type),
    record: (type) => records.get(type),
    content: (kind) => contents.get(kind) as ReturnType<Receivers['content']>,
    forget: (id: RecordId) => capabilities.flatMap((it) => it.forget?.(id) ?? []),
  }
}

function listen(app: Hono, { listen: { host, port }, tls }: NodeConfig): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const secure =
      tls === undefined
        ? {}
        : {
            createServer: createHttpsServer,
            serverOptions: {
              cert: readFileSync(tls.certificateFile),
              key: readFileSync(tls.keyFile),
              minVersion: 'TLSv1.3' as const,
            },
          }
    const server = serve({ fetch: app.fetch, hostname: host, port, ...secure }, () => resolve(server))
    server.on('error', reject)
  })
}

async function close(server: ServerType): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}
