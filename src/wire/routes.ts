import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import type { Directory, SignedDirectory } from '#protocol/directory'
import { verifyProof } from '#protocol/proof'
import type { Verified } from '#protocol/verified'
import type { Store } from '#store/store'
import { Greeting, proofHeader, wirePaths } from '#wire/carrier'
import type { Delivery } from '#wire/deliver'
import type { Inbox } from '#wire/inbox'

interface WireOptions {
  readonly inbox: Inbox
  readonly delivery: Delivery
  readonly store: Store
  readonly me: string
  readonly onGreeting: (member: string) => void
  readonly directories: {
    current(): Directory
    signed(): SignedDirectory
    verify(input: unknown): Promise<Verified<SignedDirectory>>
    adopt(directory: Verified<SignedDirectory>): void
  }
}

const batchLimitBytes = 33_554_432
const Batch = z.strictObject({ envelopes: z.array(z.unknown()).max(200) })

/**
 * Where peers knock. Envelopes authenticate themselves by their signatures, a directory by those of the directory keys; a
 * greeting only shortens our own pause. The directory is shown to whoever proves to be a member in it: a new member, which the
 * one in force here does not name yet, hands in the one that does. Nothing here tells a stranger whether anything exists.
 */
export function wireRoutes({ inbox, delivery, store, me, onGreeting, directories }: WireOptions): Hono {
  const app = new Hono()
  const tooLarge = bodyLimit({
    maxSize: batchLimitBytes,
    onError: (context) => context.json({ code: 'envelope/too-large' }, 413),
  })

  app.post(wirePaths.envelopes, tooLarge, async (context) => {
    const batch = Batch.safeParse(readJson(await context.req.text()))
    if (!batch.success) return context.json({ code: 'wire/malformed' }, 422)
    return context.json({ answers: await inbox.accept(batch.data.envelopes) })
  })

  app.post(wirePaths.greeting, tooLarge, async (context) => {
    const greeting = Greeting.safeParse(readJson(await context.req.text()))
    if (!greeting.success) return context.json({ code: 'wire/malformed' }, 422)
    const { member } = greeting.data
    if (member !== me && directories.current().members.some((it) => it.id === member)) {
      delivery.wake([member])
      onGreeting(member)
    }
    return context.json({})
  })

  app.get(wirePaths.directory, (context) => {
    const asked = { me, ask: wirePaths.directory, directory: directories.current(), now: store.clock.now() }
    try {
      verifyProof(context.req.header(proofHeader) ?? '', asked)
    } catch (cause) {
      if (!isFault(cause)) throw cause
      return context.json({ code: 'wire/unproven' }, 403) // the same for all: who is a member is not for strangers
    }
    return context.json(directories.signed())
  })

  app.post(wirePaths.directory, tooLarge, async (context) => {
    try {
      const directory = await directories.verify(readJson(await context.req.text()))
      await adoptDirectory(directory, { store, me, directories })
      return context.json({ version: directory.document.version })
    } catch (cause) {
      if (!isFault(cause)) throw cause
      return context.json({ code: cause.code }, 403)
    }
  })
  return app
}

/** Writes a verified directory and puts it in force. The same version again changes nothing. */
export async function adoptDirectory(
  directory: Verified<SignedDirectory>,
  {
    store,
    me,
    directories,
  }: Pick<WireOptions, 'store' | 'me'> & { directories: Pick<WireOptions['directories'], 'adopt' | 'current'> },
): Promise<void> {
  const { version, federation } = directory.document
  if (version <= directories.current().version) return
  await store.commit({
    rows: [{ op: 'insert', table: 'directories', values: { version, signed: directory as never }, orIgnore: true }],
    audit: [
      {
        act: 'administer',
        outcome: 'permitted',
        actor: { member: me, via: 'system' },
        purpose: null,
        reference: null,
        object: { type: 'directory', id: federation, version },
        owner: null,
        recipient: null,
        rule: 'protocol point 1',
        reason: `Directory version ${version} adopted.`,
        details: {},
      },
    ],
  })
  directories.adopt(directory)
}

function readJson(text: string): unknown {
  try {
    return parseJson(text, { bytes: batchLimitBytes, depth: 8 })
  } catch (cause) {
    if (isFault(cause)) return undefined
    throw cause
  }
}
