import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { fault } from '#http/faults'
import type { Authenticate } from '#http/run-operation'
import type { Services } from '#http/services'
import { idPattern } from '#kernel/ids'
import type { Role } from '#policy/roles'
import type { FeedItem } from '#store/change'
import { type Caller, openReader, type Reader } from '#store/reader'

const catchUpLimit = 500
const heartbeatMilliseconds = 15_000

/** Whether a reader may know of a work item that is no record itself, such as a candidate between two. */
export type KnowsOf = (id: string, reader: Reader) => Promise<boolean>

/** Roles that may know that something of a type was administered, by type. */
export type Administered = Readonly<Record<string, readonly Role[]>>

interface Streaming {
  readonly services: Services
  readonly authenticate: Authenticate
  /** By type of work. */
  readonly work?: ReadonlyMap<string, KnowsOf>
  readonly administered?: Administered
}

/**
 * All that changes, as server-sent events. The event id is the sequence of the change feed, so a client that reconnects with
 * `Last-Event-ID` misses nothing. What the caller may not see is not sent: each item is looked up through its own reader.
 */
export async function streamEvents(
  context: Context,
  { services, authenticate, work = new Map(), administered = {} }: Streaming,
): Promise<Response> {
  let signedIn = await authenticate(context.req.raw.headers, services)
  if (signedIn === undefined) throw fault('http/not-signed-in', 'Sign in, or send a bearer token.')
  if (!signedIn.scopes.includes('read')) throw fault('http/scope', 'The token lacks the scope read.', { rule: 'scope' })
  let { caller } = signedIn
  const after = Number(context.req.header('last-event-id') ?? context.req.query('after') ?? Number.NaN)
  const { store } = services
  const from = Number.isSafeInteger(after) ? after : await lastSequence(services)
  return streamSSE(context, async (stream) => {
    let sent = from
    let wake = () => {}
    let asked = Date.now()
    const unlisten = store.onCommit(() => wake())
    stream.onAbort(() => wake())
    try {
      await stream.writeSSE({ event: 'open', data: JSON.stringify({ after: sent }), id: String(sent) })
      while (!stream.aborted) {
        const changed = new Promise<void>((resume) => {
          wake = resume
          setTimeout(resume, heartbeatMilliseconds).unref()
        })
        const items = await readFeed(services, sent)
        for (const item of items) {
          if (stream.aborted) return
          sent = item.sequence
          if (await mayKnow(item, { services, caller, work, administered }))
            await stream.writeSSE({ event: item.what, data: JSON.stringify(item), id: String(sent) })
        }
        if (items.length === catchUpLimit) continue
        await changed
        // A sign-out ends the stream too, and a role that was taken away what it showed.
        if (Date.now() - asked > heartbeatMilliseconds) {
          signedIn = await authenticate(context.req.raw.headers, services)
          if (signedIn === undefined) return
          caller = signedIn.caller
          asked = Date.now()
        }
        if (items.length === 0) await stream.write(': still here\n\n')
      }
    } catch (cause) {
      // A node that shuts down cuts its streams and closes its store: what was being read for nobody may fail.
      if (!stream.aborted) throw cause
    } finally {
      unlisten()
    }
  })
}

async function lastSequence({ store }: Services): Promise<number> {
  const row = await store.db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .executeTakeFirst()
  return row?.last ?? 0
}

function readFeed({ store }: Services, after: number): Promise<FeedItem[]> {
  return store.db
    .selectFrom('changes')
    .selectAll()
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(catchUpLimit)
    .execute() as unknown as Promise<FeedItem[]>
}

const isRecordId = idPattern('rec')

async function mayKnow(
  { what, type, id }: FeedItem,
  { services, caller, work, administered }: Required<Omit<Streaming, 'authenticate'>> & { readonly caller: Caller },
): Promise<boolean> {
  const { roles = [] } = caller.actor.person ?? {}
  if (what === 'administration') {
    const mayBeTold = Object.hasOwn(administered, type) ? administered[type]! : []
    return roles.some((it) => mayBeTold.includes(it))
  }
  if (what === 'work' && !roles.some((it) => it === 'officer' || it === 'supervisor')) return false
  const reader = openReader(services.store, caller)
  const knowsOf = what === 'work' ? work.get(type) : undefined
  if (knowsOf !== undefined) return knowsOf(id, reader)
  if (what === 'work' && !isRecordId.test(id)) return true
  return (await reader.record(id)) !== undefined
}
