import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { readLines } from '#formats/lines'
import type { Chunks } from '#formats/text'
import { fromHex, sha256, toHex } from '#kernel/bytes'
import { parseJson } from '#kernel/json'
import { acts } from '#ledger/acts'
import { signCheckpoint } from '#ledger/checkpoint'
import { type AuditEntry, commitmentOf, leafOf, newSalt } from '#ledger/entry'
import { append, emptyFrontier, rootOfFrontier } from '#ledger/frontier'
import { verifierKey } from '#ledger/note'
import { type TrailLeaf, type TrailReport, verifyTrail } from '#ledger/verify'
import { type Bench, median, timed } from './bench.ts'
import { inventPerson, pick, type Random, seeded } from './invented.ts'

const entries = 100_000
const checkpointEvery = 5_000
const runs = 5
const chunkBytes = 65_536
const origin = 'comity.example/bench'

export const ledger: Bench = {
  name: 'ledger',
  metrics: [
    {
      name: 'ledger/verify_100k_seconds',
      unit: 's',
      what: 'an exported trail of 100,000 entries read from JSON lines and verified against its signed checkpoints',
      baseline: 'SHA-256 over the same bytes',
    },
  ],
  async run({ report, say }) {
    say('making a trail')
    const key = generateKeyPairSync('ed25519')
    const { bytes, checkpoints } = makeTrail(key.privateKey)
    const keys = [verifierKey(origin, 'log', key.publicKey)]
    const verify = () => verifyTrail({ leaves: readTrail(Readable.from(chunksOf(bytes))), checkpoints, keys, origin })
    say(`verifying ${Math.round(bytes.byteLength / 2 ** 20)} MB, ${runs} times`)
    const ours: number[] = []
    const plain: number[] = []
    for (let run = 0; run <= runs; run++) {
      const hashed = await timed(() => sha256(...chunksOf(bytes)))
      const verified = await timed(verify)
      check(verified.value)
      if (run === 0) continue // the first one compiles
      ours.push(verified.seconds)
      plain.push(hashed.seconds)
    }
    report('ledger/verify_100k_seconds', median(ours), median(plain))
  },
}

function check({ intact, covered }: TrailReport): void {
  if (!intact || covered !== entries) throw new Error('the trail does not verify')
}

/** The lines of an export, and the checkpoints that the log signed on the way. */
function makeTrail(privateKey: KeyObject): { bytes: Buffer; checkpoints: string[] } {
  const random = seeded(3)
  const lines: string[] = []
  const checkpoints: string[] = []
  let frontier = emptyFrontier()
  for (let index = 0; index < entries; index++) {
    const entry = inventEntry(random, index)
    const salt = newSalt()
    const commitment = commitmentOf(entry, salt)
    frontier = append(frontier, [leafOf(commitment)]).frontier
    lines.push(JSON.stringify({ index, commitment: toHex(commitment), salt: toHex(salt), entry }))
    if (frontier.size % checkpointEvery === 0)
      checkpoints.push(signCheckpoint({ origin, size: frontier.size, root: rootOfFrontier(frontier) }, privateKey))
  }
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), checkpoints }
}

function inventEntry(random: Random, index: number): AuditEntry {
  const { family, country, passport } = inventPerson(random)
  return {
    at: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString(),
    act: pick(random, acts),
    outcome: 'permitted',
    actor: { member: country, person: `per_${toHex(sha256(family)).slice(0, 32)}`, role: 'officer', via: 'session' },
    purpose: 'counter-terrorism',
    reference: `EXERCISE-2026-${index % 500}`,
    object: { type: 'subject', id: `rec_${toHex(sha256(passport)).slice(0, 32)}`, version: 1 + (index % 4) },
    owner: country,
    recipient: index % 3 === 0 ? 'fr' : null,
    rule: null,
    reason: index % 10 === 0 ? 'EXERCISE: invented for a benchmark.' : null,
    details: index % 5 === 0 ? { found: index % 7, type: 'subject' } : {},
  }
}

function chunksOf(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.byteLength / chunkBytes)
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes))
}

async function* readTrail(chunks: Chunks): AsyncGenerator<TrailLeaf> {
  for await (const { text } of readLines(chunks)) {
    const leaf = parseJson(text ?? '') as { index: number; commitment: string; salt: string; entry: unknown }
    yield { index: leaf.index, commitment: fromHex(leaf.commitment), salt: fromHex(leaf.salt), entry: leaf.entry }
  }
}
