import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { rootOf, verifyTrail } from '#capabilities/exercise/trail'
import { canonical } from '#kernel/canonical'
import { append, emptyFrontier, rootOfFrontier } from '#ledger/frontier'

const sha256 = (...parts: Uint8Array[]) => Uint8Array.from(createHash('sha256').update(Buffer.concat(parts)).digest())

describe('rootOf', () => {
  it('is the root of the ledger for every size', async () => {
    for (let size = 1; size <= 40; size += 1) {
      const leaves = Array.from({ length: size }, () => sha256(randomBytes(4)))
      const { frontier } = append(emptyFrontier(), leaves)
      expect(Buffer.from(await rootOf(leaves)).toString('hex'), `${size}`).toBe(
        Buffer.from(rootOfFrontier(frontier)).toString('hex'),
      )
    }
  })
})

describe('verifyTrail', () => {
  const made = Array.from({ length: 25 }, (_, index) => {
    const salt = randomBytes(32)
    const entry = { at: `2026-11-27T09:00:${index}Z`, act: 'view', details: { é: 'رشيد', b: 1, a: null } }
    const commitment = sha256(salt, Buffer.from(canonical(entry)))
    return { index, entry: entry as object | null, salt: salt.toString('hex') as string | null, commitment }
  })
  const { frontier } = append(
    emptyFrontier(),
    made.map((it) => sha256(Uint8Array.of(0), it.commitment)),
  )
  const root = Buffer.from(rootOfFrontier(frontier)).toString('hex')
  const leaves = made.map((it) => ({ ...it, commitment: Buffer.from(it.commitment).toString('hex') }))

  const nodeWith = (shown: typeof leaves) => async (path: string) => {
    if (path.endsWith('/checkpoint')) return { size: made.length, root } as never
    const from = Number(new URL(path, 'http://node').searchParams.get('from'))
    return { leaves: shown.slice(from, from + 10), next: from + 10 < shown.length ? from + 10 : null } as never
  }

  it('finds a whole trail intact, in pages', async () => {
    expect(await verifyTrail(nodeWith(leaves))).toEqual({ size: 25, root, altered: [], intact: true })
  })

  it('names the entry that was altered', async () => {
    const shown = leaves.map((it) => (it.index === 13 ? { ...it, entry: { ...it.entry, act: 'search' } } : it))
    expect(await verifyTrail(nodeWith(shown))).toMatchObject({ altered: [13], intact: false })
  })

  it('finds a trail that is short, or of which an entry was replaced with its commitment', async () => {
    expect((await verifyTrail(nodeWith(leaves.slice(0, 24)))).intact).toBe(false)
    const salt = randomBytes(32)
    const commitment = Buffer.from(sha256(salt, Buffer.from(canonical({})))).toString('hex')
    const shown = leaves.map((it) =>
      it.index === 3 ? { ...it, entry: {}, salt: salt.toString('hex'), commitment } : it,
    )
    expect(await verifyTrail(nodeWith(shown))).toMatchObject({ altered: [], intact: false })
  })

  it('takes an entry whose data were erased by its commitment', async () => {
    const shown = leaves.map((it) => (it.index === 5 ? { ...it, entry: null, salt: null } : it))
    expect((await verifyTrail(nodeWith(shown))).intact).toBe(true)
  })
})
