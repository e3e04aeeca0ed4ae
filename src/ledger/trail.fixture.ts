import { generateKeyPairSync } from 'node:crypto'
import { cosign, parseCheckpoint, signCheckpoint, withSignatures } from '#ledger/checkpoint'
import { type AuditEntry, commitmentOf, leafOf, newSalt } from '#ledger/entry'
import { append, emptyFrontier, rootOfFrontier } from '#ledger/frontier'
import { verifierKey } from '#ledger/note'
import { type TrailLeaf, verifyTrail } from '#ledger/verify'

export const origin = 'comity.example/fr'
export const log = generateKeyPairSync('ed25519')
export const witness = generateKeyPairSync('ed25519')
export const keys = [
  verifierKey(origin, 'log', log.publicKey),
  verifierKey('comity.example/ke', 'witness', witness.publicKey),
]
export const at = new Date('2026-03-01T00:00:00Z')

export function entryAt(index: number): AuditEntry {
  return {
    at: new Date(at.getTime() + index * 1000).toISOString(),
    act: 'view',
    outcome: 'permitted',
    actor: { member: 'fr', person: `per_${index}`, via: 'session' },
    purpose: 'prevention',
    reference: null,
    object: { type: 'notice', id: `rec_${index}` },
    owner: 'ke',
    recipient: null,
    rule: null,
    reason: null,
    details: {},
  }
}

export function leafAt(index: number, entry = entryAt(index)): TrailLeaf {
  const salt = newSalt()
  return { index, commitment: commitmentOf(entry, salt), entry, salt }
}

/** Fifty entries; checkpoints at 0, 20 (cosigned) and 40. */
export const leaves = Array.from({ length: 50 }, (_, index) => leafAt(index))

/** The log's signature over the first leaves, and a witness's when asked for. */
export function checkpointOf(trail: readonly TrailLeaf[], size: number, cosigned = false): string {
  const { frontier } = append(
    emptyFrontier(),
    trail.slice(0, size).map((leaf) => leafOf(leaf.commitment)),
  )
  const note = signCheckpoint({ origin, size, root: rootOfFrontier(frontier) }, log.privateKey)
  if (!cosigned) return note
  const checkpoint = parseCheckpoint(note)
  return withSignatures(checkpoint, [
    cosign(checkpoint, { name: 'comity.example/ke', privateKey: witness.privateKey, at }),
  ])
}

export const checkpoints = [checkpointOf(leaves, 0), checkpointOf(leaves, 20, true), checkpointOf(leaves, 40)]
export const verify = (trail: readonly TrailLeaf[], notes = checkpoints) =>
  verifyTrail({ leaves: trail, checkpoints: notes, keys })
