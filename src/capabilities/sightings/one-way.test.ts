import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { header, type Office, office, sighting } from '#capabilities/sightings/sighting.fixture'
import type { RecordId } from '#kernel/ids'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

let scene: Awaited<ReturnType<typeof openScene>>
let ke: Office
beforeAll(async () => {
  scene = await openScene(['ke'])
  ke = office(scene.node('ke'))
}, 120_000)
afterAll(() => scene?.[Symbol.asyncDispose]())

async function subject(name: string, change: Parameters<typeof header>[0] = {}): Promise<RecordId> {
  const statements = {
    n: { property: 'name', value: name },
    b: { property: 'birthDate', value: '1984-07-03' },
    p: { property: 'passportNumber', value: 'AK0123456' },
  }
  const made = await ke.call('POST', '/subjects', { handling: header(change), body: { schema: 'Person', statements } })
  expect(made.status).toBe(201)
  return made.body.id
}

async function seenAt(about: RecordId, place: string, day: number): Promise<void> {
  const at = `2026-11-${day}T10:00:00.000Z`
  const body = sighting(about, { place, from: at, to: at })
  expect((await ke.call('POST', '/sightings', { handling: header(), body })).status).toBe(201)
}

const way = async (id: RecordId, at = ke) => (await at.call('GET', `/movements/${id}`)).body
const placesOf = (it: { sightings: { place: string }[] }) => it.sightings.map((one) => one.place)

describe('the way of one person', () => {
  it('is one for records that were merged, from each of them, and none of what may be the same is in it', async () => {
    const kept = await subject('Idris Okello EXERCISE')
    const other = await subject('Idris Okello EXERCISE')
    await seenAt(kept, 'Mombasa', 10)
    await seenAt(other, 'Nairobi', 12)
    const apart = await until(
      () => way(kept),
      (it) => it.maybe.length > 0,
    )
    expect(placesOf(apart)).toEqual(['Mombasa'])
    expect(apart).toMatchObject({
      merged: [],
      maybe: [{ id: other, caption: 'Idris Okello EXERCISE', sightings: 1, last: { place: 'Nairobi' } }],
    })
    expect(placesOf(await way(other))).toEqual(['Nairobi'])

    const merge = { other, version: 1, otherVersion: 1, reason: 'One passport, one man.' }
    const merged = await ke.call('POST', `/subjects/${kept}/merges`, merge)
    expect(merged.body).toMatchObject({ merge: expect.stringMatching(/^mrg_/) })
    for (const [id, one] of [
      [kept, other],
      [other, kept],
    ] as const) {
      const joined = await way(id)
      expect(placesOf(joined)).toEqual(['Mombasa', 'Nairobi'])
      expect(joined).toMatchObject({ merged: [{ id: one }], maybe: [], legs: [{ from: { place: 'Mombasa' } }] })
    }
    expect((await ke.call('POST', `/merges/${merged.body.merge}/undo`, { reason: 'Two men after all.' })).status).toBe(
      200,
    )
    expect(placesOf(await way(kept))).toEqual(['Mombasa'])
  })

  it('has nothing of a merged record that this caller may not find', async () => {
    const kept = await subject('Amina Exempel EXERCISE', { purposes: ['counter-terrorism', 'border-security'] })
    const other = await subject('Amina Exempel EXERCISE', { purposes: ['border-security'] })
    await seenAt(kept, 'Kisumu', 10)
    const merge = { other, version: 1, otherVersion: 1, reason: 'One passport.' }
    expect((await ke.call('POST', `/subjects/${kept}/merges`, merge)).status).toBe(201)
    const forTheBorder = (await ke.call('GET', `/movements/${kept}`, undefined, 'border-security')).body
    expect(forTheBorder.merged).toMatchObject([{ id: other }])
    const there = await way(kept)
    expect(placesOf(there)).toEqual(['Kisumu'])
    expect(there.merged).toEqual([])
    expect(there.maybe.map((it: { id: string }) => it.id)).not.toContain(other)
  })
})
