import { describe, expect, it } from 'vitest'
import { header, type Office, office } from '#capabilities/messages/office.fixture'
import { excerptOf } from '#capabilities/messages/replies'
import { fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')
const hour = 3_600_000

const message = (subject: string, text: string, change: object = {}) => ({
  handling: header(start),
  kind: 'information',
  to: ['ke'],
  subject,
  text,
  ...change,
})

const find = async (at: Office, query: string): Promise<string[]> => {
  const { status, body } = await at.get(`/messages/search?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items.map((it: { subject: string }) => it.subject)
}

describe('a search of messages', () => {
  it('finds words of any script in subject and text, whole or begun, by member, box, state and date', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'id'], { clock })
    const [fr, ke] = [office(scene.node('fr')), office(scene.node('ke'))]
    await fr.post('/messages', message('A flat in Mombasa', 'Who rents the flat? Plate KBX-441J.'))
    clock.advance(hour)
    await fr.post('/messages', message('Élan côtier', 'Le bateau s’appelle «Étoile».', { to: ['id', 'ke'] }))
    clock.advance(hour)
    await fr.post('/messages', message('رسالة', 'السيارة في الميناء', { kind: 'request', to: ['id'] }))

    expect(await find(fr, 'q=FLAT')).toEqual(['A flat in Mombasa'])
    expect(await find(fr, 'q=momb%20rents')).toEqual(['A flat in Mombasa'])
    expect(await find(fr, 'q=momb%20%C3%A9toile')).toEqual([])
    expect(await find(fr, `q=${encodeURIComponent('étoile')}`)).toEqual(['Élan côtier'])
    expect(await find(fr, 'q=etoile')).toEqual(['Élan côtier'])
    expect(await find(fr, `q=${encodeURIComponent('السيارة')}`)).toEqual(['رسالة'])
    expect(await find(fr, `q=${encodeURIComponent('السَّيَّارَة')}`)).toEqual(['رسالة'])
    expect(await find(fr, 'q=kbx-441j')).toEqual(['A flat in Mombasa'])

    // What a search engine would take for its own language is words here, or nothing at all.
    for (const q of ["'; drop table records --", 'flat & !', '(((', '\\\\', 'flat:*', '<->', '%%', "''"])
      expect((await fr.get(`/messages/search?q=${encodeURIComponent(q)}`)).status, q).toBe(200)
    expect(await find(fr, `q=${encodeURIComponent('%%')}`)).toEqual([])

    expect(await find(fr, 'q=flat&member=id')).toEqual([])
    expect((await fr.get('/messages?member=id')).body.items).toHaveLength(2)
    const later = new Date(start.getTime() + hour).toISOString()
    expect(
      (await fr.get(`/messages?from=${later}&until=${new Date(start.getTime() + 2 * hour).toISOString()}`)).body.items,
    ).toMatchObject([{ subject: 'Élan côtier' }])
    expect(await find(fr, `q=${encodeURIComponent('السيارة')}&state=open&box=out`)).toHaveLength(1)
    expect(await find(fr, `q=${encodeURIComponent('السيارة')}&box=in`)).toEqual([])

    // The recipient finds what it holds, with the words around; what was not sent to it is not there.
    const [found] = (
      await until(
        () => ke.get('/messages/search?q=plate'),
        (it) => it.body.items.length === 1,
      )
    ).body.items
    expect(found).toMatchObject({ from: 'fr', excerpt: expect.stringContaining('Plate KBX-441J') })
    expect(await find(ke, `q=${encodeURIComponent('السيارة')}`)).toEqual([])
  })

  it('is made for a purpose, and finds neither what the purpose does not allow nor what was taken back', async () => {
    await using scene = await openScene(['fr', 'ke'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const finance = header(start, { purposes: ['terrorist-financing'] })
    const refused = await fr.post('/messages', message('Transfers', 'A wallet', { handling: finance }))
    expect(refused.status).toBe(403)
    const { body } = await fr.post('/messages', message('Wallets', 'Another wallet'))
    expect(await find(fr, 'q=wallet')).toEqual(['Wallets'])
    await fr.post(`/records/${body.id as RecordId}/recall`, { reason: 'exercise' })
    expect(await find(fr, 'q=wallet')).toEqual([])
  })
})

describe('excerptOf', () => {
  it('shows the words around the first that was found, and says where it cuts', () => {
    const text = `${'before '.repeat(40)}the plate KBX${' after'.repeat(40)}`
    expect(excerptOf({ text }, ['nowhere', 'PLATE'])).toMatch(/^… .*the plate KBX.* …$/)
    expect(excerptOf({ text: 'Short.' }, ['other'])).toBe('Short.')
  })

  it('never cuts a character in two', () => {
    expect(excerptOf({ text: '😀'.repeat(200) }, ['x']).isWellFormed()).toBe(true)
  })
})
