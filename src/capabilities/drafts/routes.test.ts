import { describe, expect, it } from 'vitest'
import { author } from '#capabilities/drafts/author.fixture'
import { removeForgotten } from '#capabilities/drafts/clock'
import { draftLimits } from '#capabilities/drafts/limits'
import { forgetDrafts } from '#capabilities/drafts/rules'
import { fixedClock } from '#kernel/clock'
import { newId } from '#kernel/ids'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')
const day = 86_400_000
const hostile = `<img src=x onerror="alert(1)"> ' ; drop table drafts -- \u202e`
const draft = (change: object = {}) => ({ caption: 'A flat', content: { text: 'Who rents it?' }, base: 0, ...change })

describe('drafts', () => {
  it('are listed, read, saved and discarded by their author alone', async () => {
    await using scene = await openScene(['fr'], { clock: fixedClock(start) })
    const node = scene.node('fr')
    const [amina, boris] = [author(node, 'per_a'), author(node, 'per_b', 'supervisor')]

    const content = { text: hostile, to: ['ke'], nested: { empty: null, list: [1, true] } }
    expect(await amina('PUT', '/drafts/message:d1', draft({ caption: hostile, content }))).toEqual({
      status: 200,
      body: { version: 1, updatedAt: start.toISOString() },
    })
    const { body } = await amina('GET', '/drafts/message:d1')
    expect(body.draft).toMatchObject({ key: 'message:d1', kind: 'message', caption: hostile, version: 1, content })

    // To everybody else it is not there, under the same key too.
    expect((await boris('GET', '/drafts/message:d1')).body).toEqual({ draft: null })
    expect((await boris('GET', '/drafts')).body).toEqual({ items: [] })
    expect((await boris('DELETE', '/drafts/message:d1')).body).toEqual({ discarded: false })
    expect((await boris('PUT', '/drafts/message:d1', draft())).body).toMatchObject({ version: 1 })
    expect((await amina('GET', '/drafts/message:d1')).body.draft.content).toEqual(content)

    await amina('PUT', '/drafts/threat:d2', draft({ caption: 'Second' }))
    const listed = (await amina('GET', '/drafts')).body.items
    expect(listed.map((it: { key: string }) => it.key).sort()).toEqual(['message:d1', 'threat:d2'])
    expect(listed[0]).not.toHaveProperty('content')
    expect((await amina('GET', '/drafts?kind=threat')).body.items).toHaveLength(1)
    expect((await amina('DELETE', '/drafts/message:d1')).body).toEqual({ discarded: true })
    expect((await amina('GET', '/drafts/message:d1')).body).toEqual({ draft: null })
    expect((await boris('GET', '/drafts')).body.items).toHaveLength(1)
  })

  it('are not overwritten nor discarded by a window that knows an older version', async () => {
    await using scene = await openScene(['fr'], { clock: fixedClock(start) })
    const amina = author(scene.node('fr'), 'per_a')
    await amina('PUT', '/drafts/message:d1', draft())
    await amina('PUT', '/drafts/message:d1', draft({ base: 1, content: { text: 'The newer text' } }))
    const refused = await amina('PUT', '/drafts/message:d1', draft({ base: 1 }))
    expect(refused).toMatchObject({ status: 409, body: { code: 'drafts/newer' } })
    expect(await amina('DELETE', '/drafts/message:d1?version=1')).toMatchObject({ status: 409 })
    expect((await amina('GET', '/drafts/message:d1')).body.draft).toMatchObject({
      version: 2,
      content: { text: 'The newer text' },
    })
    // Two windows in the very same moment: one of them is told.
    const both = await Promise.all(
      ['one', 'two'].map((text) => amina('PUT', '/drafts/message:d1', draft({ base: 2, content: { text } }))),
    )
    expect(both.map((it) => it.status).sort()).toEqual([200, 409])
  })

  it('have a size and a number, and take nothing but what the form of a draft has', async () => {
    await using scene = await openScene(['fr'], { clock: fixedClock(start) })
    const amina = author(scene.node('fr'), 'per_a')
    const content = { text: 'x'.repeat(draftLimits.contentBytes.value) }
    expect(await amina('PUT', '/drafts/message:d1', draft({ content }))).toMatchObject({
      status: 413,
      body: { code: 'drafts/too-large' },
    })
    for (let at = 0; at < draftLimits.perPerson.value; at++)
      expect((await amina('PUT', `/drafts/message:n${at}`, draft())).status).toBe(200)
    expect(await amina('PUT', '/drafts/message:more', draft())).toMatchObject({
      status: 409,
      body: { code: 'drafts/too-many' },
    })
    for (const [path, body] of [
      ['/drafts/message', draft()],
      ['/drafts/message:d1', draft({ content: 'text' })],
      ['/drafts/message:d1', draft({ person: 'per_b' })],
      ['/drafts/message:d1', draft({ base: -1 })],
      ['/drafts/message:d1', draft({ content: { text: '\u0000' } })],
    ] as const)
      expect((await amina('PUT', path, body)).status, JSON.stringify([path, body]).slice(0, 80)).toBe(422)
  })

  it('go when nobody touched them for as long as the data says, and when their record is erased', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr'], { clock })
    const { services } = scene.node('fr')
    const amina = author(scene.node('fr'), 'per_a')
    const record = newId('rec')
    await amina('PUT', '/drafts/message:old', draft())
    clock.advance((draftLimits.keptDays.value - 1) * day)
    await amina('PUT', '/drafts/message:new', draft())
    await amina('PUT', `/drafts/message-answer:${record}`, draft({ record }))
    expect(await removeForgotten(services)).toBe(0)
    clock.advance(day + 1)
    expect(await removeForgotten(services)).toBe(1)
    expect((await amina('GET', '/drafts/message:old')).body.draft).toBeNull()
    expect((await amina('GET', '/drafts')).body.items).toHaveLength(2)
    await services.store.commit({ rows: forgetDrafts(record), audit: [] })
    expect((await amina('GET', '/drafts')).body.items).toMatchObject([{ key: 'message:new' }])
  })
})
