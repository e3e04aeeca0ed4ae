import { z } from 'zod'
import { fault } from '#capabilities/audit/faults'
import { fromHex } from '#kernel/bytes'
import { judgeCheckpoints } from '#ledger/history'
import { parseVerifierKey } from '#ledger/note'
import { type TrailLeaf, type TrailReport, verifyTrail } from '#ledger/verify'

/** The client's side: nothing here trusts the node that it asks, and nothing here needs more than its answers. */

export interface RemoteTrail {
  /** Asks the node for a path such as `/api/v1/audit/keys` with an auditor's token and gives the parsed body. */
  readonly fetchJson: (path: string) => Promise<unknown>
  /** Notes that were kept from earlier visits or got from a witness: they catch a node that rewrote its ledger since. */
  readonly earlier?: readonly string[] | undefined
  /** C2SP verifier keys that are known from elsewhere. Without them the node's word is taken for who signs. */
  readonly keys?: readonly string[] | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined
}

export interface RemoteTrailReport extends TrailReport {
  readonly origin: string
  /** The newest note, to be kept for the next visit. */
  readonly latest: string
}

const Keys = z.object({
  origin: z.string().max(300),
  items: z.array(z.object({ key: z.string().max(500), revokedAt: z.string().nullable() })).max(200_000),
})
const Notes = z.object({
  size: z.number().int().min(0),
  note: z.string().max(131_072),
  notes: z.array(z.object({ note: z.string().max(131_072) })).max(1_000),
  next: z.number().int().nullable(),
})
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Leaves = z.object({
  leaves: z
    .array(
      z.object({
        index: z.number().int().min(0),
        commitment: Hash,
        leafHash: Hash.nullable(),
        salt: Hash.nullable(),
        entry: z.unknown(),
      }),
    )
    .max(1_000),
  next: z.number().int().nullable(),
})

/**
 * Downloads a node's whole audit trail and verifies it: every entry against its commitment, every commitment against the
 * tree, every root against what the node signed and the witnesses cosigned, now and earlier. The checkpoints are fetched
 * first, because the ledger goes on growing. Throws `audit/bad-answer` when the node answers in another form.
 */
export async function verifyRemoteTrail(remote: RemoteTrail): Promise<RemoteTrailReport> {
  const { fetchJson, earlier = [], onProgress } = remote
  const { origin, items } = read(Keys, await fetchJson('/api/v1/audit/keys'))
  const keys = remote.keys ?? items.filter((it) => it.revokedAt === null).map((it) => it.key)
  const { notes, latest, size } = await fetchNotes(fetchJson)
  const report = await verifyTrail({
    leaves: fetchLeaves(fetchJson, (done) => onProgress?.({ done, total: Math.max(size, done) })),
    checkpoints: [...new Set([...notes, latest, ...earlier])],
    keys: keys.map(parseVerifierKey),
    origin,
  })
  return { ...heldTo(earlier, report), origin, latest }
}

/** A note that was kept counts whoever is said to sign now: its keys, or its log's name, may have been left out since. */
function heldTo(earlier: readonly string[], report: TrailReport): TrailReport {
  if (earlier.length === 0) return report
  const known = judgeCheckpoints(earlier, [])
  const matches = (size: number | null, root: string | null) =>
    report.checkpoints.some((it) => it.size === size && it.root === root && it.rootMatches)
  const broken = known.filter((it) => !matches(it.size, it.root))
  const untold = broken
    .map((it) => it.size ?? report.size)
    .filter((until) => !report.tampered.some((it) => it.index < until))
    .map((until) => ({ index: 0, until, why: 'rewritten' as const }))
  const tampered = [...report.tampered, ...untold].sort((a, b) => a.index - b.index)
  return { ...report, tampered, intact: report.intact && broken.length === 0 }
}

async function fetchNotes(fetchJson: RemoteTrail['fetchJson']) {
  const notes: string[] = []
  let after = -1
  for (;;) {
    const page = read(Notes, await fetchJson(`/api/v1/audit/checkpoint?all=true&after=${after}`))
    notes.push(...page.notes.map((it) => it.note))
    if (page.next === null) return { notes, latest: page.note, size: page.size }
    if (page.next <= after) throw badAnswer('its pages of checkpoints do not end')
    after = page.next
  }
}

/** Asks for the next page while the one before is checked. */
async function* fetchLeaves(
  fetchJson: RemoteTrail['fetchJson'],
  onProgress: (done: number) => void,
): AsyncGenerator<TrailLeaf> {
  const ask = (from: number) => fetchJson(`/api/v1/audit/leaves?from=${from}`)
  let from: number | null = 0
  let answer = ask(0)
  while (from !== null) {
    const page: z.infer<typeof Leaves> = read(Leaves, await answer)
    if (page.next !== null && page.next <= from) throw badAnswer('its pages of leaves do not end')
    if (page.next !== null) {
      answer = ask(page.next)
      answer.catch(() => undefined) // it is awaited, and reported, in its turn
    }
    for (const { index, commitment, leafHash, salt, entry } of page.leaves) {
      yield {
        index,
        entry,
        commitment: fromHex(commitment),
        leafHash: leafHash === null ? null : fromHex(leafHash),
        salt: salt === null ? null : fromHex(salt),
      }
    }
    onProgress(page.next ?? (page.leaves.at(-1)?.index ?? from - 1) + 1)
    from = page.next
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw badAnswer(z.prettifyError(parsed.error).slice(0, 300))
}

function badAnswer(why: string) {
  return fault('audit/bad-answer', `The node answers in a form that is not this protocol's: ${why}.`)
}
