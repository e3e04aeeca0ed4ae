import { originOf } from '#capabilities/audit/keys'
import { readCheckpoint, readFrontier, readRoot, readWitnessHead } from '#capabilities/audit/store'
import { takeCosignature, witness } from '#capabilities/audit/witness'
import { parseCheckpoint } from '#ledger/checkpoint'
import type { ContentReceiver } from '#wire/receiver'

/** A peer asks this node to witness its ledger. */
export const receiveCheckpoint: ContentReceiver<'checkpoint'> = async (content, { store, identity, envelope }) =>
  witness(content, await readWitnessHead(store, envelope.from), {
    me: identity.me,
    from: envelope.from,
    directory: identity.directory(),
    now: store.clock.now(),
    key: identity.signingKey(),
  })

/** A witness answers. */
export const receiveCosignature: ContentReceiver<'cosignature'> = async ({ note }, { store, identity, envelope }) => {
  const checkpoint = parseCheckpoint(note)
  const { size } = await readFrontier(store)
  const own = checkpoint.origin === originOf(identity.directory(), identity.me)
  const rootAt = own && checkpoint.size <= size ? await readRoot(store, checkpoint.size) : undefined
  return takeCosignature(checkpoint, rootAt, {
    me: identity.me,
    from: envelope.from,
    directory: identity.directory(),
    now: store.clock.now(),
    kept: await readCheckpoint(store, checkpoint.size),
  })
}
