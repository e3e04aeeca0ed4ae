import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installAlerts, removeAlerts, setAlerts } from '#capabilities/border/alerts.fixture'
import { refusalOf, toldCodes } from '#capabilities/border/carrier-answer'
import { paxlst } from '#capabilities/border/messages.fixture'
import { handIn, type Office, office, recordAlert } from '#capabilities/border/office.fixture'
import { hitStates } from '#capabilities/border/store'
import { inPieces } from '#formats/chunks.arbitrary'
import { type CusresMessage, readCusres } from '#formats/travel/cusres'
import { actionClasses } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'

beforeAll(installAlerts)
afterAll(removeAlerts)

const okello = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }
const other = { name: 'EXEMPEL:INGRID', birth: '900101', number: 'SE1', reference: undefined }
const file = paxlst([okello, other])
const met = { surname: 'okello', number: 'AK0123456', birthDate: '1984-07-03' }

async function codesOf(cusres: string): Promise<(readonly [string | null, readonly string[], readonly string[]])[]> {
  const items = []
  for await (const it of readCusres(inPieces(cusres, []), { today: '2026-11-27' })) items.push(it)
  return (items[0] as CusresMessage).answers.map((it) => [it.passengerReference, it.codes, it.texts] as const)
}

describe('a carrier', () => {
  let scene: Scene
  let fr: Office
  let alert: RecordId
  beforeAll(async () => {
    scene = await openScene(['fr'])
    fr = office(scene.node('fr'))
    alert = await recordAlert(fr)
  }, 60_000)
  afterAll(() => scene?.[Symbol.asyncDispose]())

  const take = async () => (await handIn(scene.node('fr'), 'desk=fr-cdg-2e&answer=cusres', file)).body
  const messageOf = async (id: string) => (await fr.officer('GET', `/border/messages/${id}`)).body
  const hitOf = (message: string) =>
    until(
      async () => (await messageOf(message)).passengers[0].candidates[0],
      (it) => it !== undefined && it.state !== 'open',
    ).then(async (it) => (await fr.officer('GET', `/border/candidates/${it.id}`)).body.hit)
  const tell = (as: Office['officer'], hit: string, answer: string) =>
    as('POST', `/border/hits/${hit}/carrier`, { answer, note: 'Decided at the second line (EXERCISE).' })

  it('is told nothing of an alert until a person decides, then what they decided, and again nothing when it is taken back', async () => {
    setAlerts('fr', [{ alert: { id: alert, owner: 'fr' }, ...met }])
    const taken = await take()
    const plain = [
      ['P1', ['0Z'], ['OK TO BOARD']],
      [null, ['0Z'], ['PASSENGER 2 OF THE LIST, INGRID EXEMPEL', 'OK TO BOARD']],
    ]
    expect(await codesOf(taken.cusres)).toEqual(plain)
    const hit = await hitOf(taken.id)
    expect(await codesOf((await messageOf(taken.id)).cusres)).toEqual(plain)
    expect((await tell(fr.officer, hit, 'do-not-board')).body).toMatchObject({
      code: 'border/not-told',
      rule: 'carrier-answers: role',
    })
    expect((await tell(fr.officer, hit, 'inspect')).status).toBe(200)
    expect(await codesOf((await messageOf(taken.id)).cusres)).toEqual([
      ['P1', ['2Z'], ['ADDITIONAL DOCUMENT CHECK']],
      plain[1],
    ])
    expect((await tell(fr.supervisor, hit, 'do-not-board')).status).toBe(200)
    const shown = await messageOf(taken.id)
    expect(await codesOf(shown.cusres)).toEqual([['P1', ['1Z'], ['DO NOT BOARD, CONTACT THE AUTHORITY']], plain[1]])
    expect(shown.passengers.map((it: { told: string | null }) => it.told)).toEqual(['do-not-board', null])
    expect((await fr.officer('GET', `/border/hits/${hit}`)).body.carrier).toMatchObject({
      message: taken.id,
      passenger: 1,
      answer: 'do-not-board',
      choices: [
        { answer: 'do-not-board', refused: 'role' },
        { answer: 'inspect', refused: null },
      ],
    })
    expect((await tell(fr.officer, hit, 'none')).status).toBe(200)
    expect(await codesOf((await messageOf(taken.id)).cusres)).toEqual(plain)
  })

  it('is told nothing any more once the hit is false', async () => {
    setAlerts('fr', [{ alert: { id: alert, owner: 'fr' }, ...met }])
    const taken = await take()
    const hit = await hitOf(taken.id)
    expect((await tell(fr.supervisor, hit, 'do-not-board')).status).toBe(200)
    expect((await fr.officer('POST', `/border/hits/${hit}/redress`, { reason: 'Another man.' })).status).toBe(200)
    expect(await codesOf((await messageOf(taken.id)).cusres)).toContainEqual(['P1', ['0Z'], ['OK TO BOARD']])
    expect((await tell(fr.supervisor, hit, 'do-not-board')).body.rule).toBe('carrier-answers: state')
  })

  it('is never told of a discreet alert, nor of one that became discreet: the answer is that of everybody', async () => {
    const discreet = await recordAlert(fr)
    setAlerts('fr', [])
    const without = await codesOf((await take()).cusres)
    const said = {
      id: discreet,
      owner: 'fr',
      discreet: true,
      asked: 'discreet-check',
      permitted: 'discreet-check',
    } as const
    setAlerts('fr', [{ alert: said, ...met }])
    const taken = await take()
    expect(await codesOf(taken.cusres)).toEqual(without)
    const hit = await hitOf(taken.id)
    for (const answer of ['inspect', 'do-not-board'])
      expect((await tell(fr.supervisor, hit, answer)).body).toMatchObject({
        code: 'border/not-told',
        rule: 'carrier-answers: discreet',
      })
    expect((await fr.officer('GET', `/border/hits/${hit}`)).body.carrier).toBeNull()
    expect(await codesOf((await messageOf(taken.id)).cusres)).toEqual(without)

    const later = await recordAlert(fr)
    setAlerts('fr', [{ alert: { id: later, owner: 'fr' }, ...met }])
    const next = await take()
    const open = await hitOf(next.id)
    expect((await tell(fr.officer, open, 'inspect')).status).toBe(200)
    setAlerts('fr', [{ alert: { id: later, owner: 'fr', discreet: true }, ...met }])
    expect(await codesOf((await messageOf(next.id)).cusres)).toEqual(without)
    expect((await tell(fr.supervisor, open, 'inspect')).body.rule).toBe('carrier-answers: discreet')
  })

  it('is told of nobody who was met at a desk', async () => {
    setAlerts('fr', [{ alert: { id: alert, owner: 'fr' }, surname: 'mwangi', number: 'MW1', birthDate: '1990-01-01' }])
    const fields = { kind: 'passport', number: 'MW1', name: 'Mwangi', birthDate: '1990-01-01' }
    await fr.counter('POST', '/border/checks', { desk: 'fr-cdg-2e', fields })
    const [candidate] = await until(
      async () =>
        (await fr.officer('GET', '/border/candidates?state=reported')).body.items.filter(
          (it: { source: string }) => it.source === 'check',
        ),
      (it) => it.length > 0,
    )
    expect((await tell(fr.supervisor, candidate.hit, 'inspect')).body.code).toBe('border/no-message')
  })
})

describe('refusalOf', () => {
  it('lets nobody tell a carrier of a discreet alert, of one that the law permits nothing on, or of a hit that is over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hitStates),
        fc.constantFrom(...actionClasses),
        fc.boolean(),
        fc.constantFrom('do-not-board', 'inspect', 'board'),
        (state, permitted, discreet, answer) => {
          const refused = refusalOf(answer, { state, permitted, discreet }, ['officer', 'supervisor'])
          const over = ['not-confirmed', 'false', 'withdrawn'].includes(state)
          const never = discreet || answer === 'board' || over || permitted === 'none' || permitted === 'discreet-check'
          if (never) expect(refused).not.toBeNull()
          const row = {
            hit: 'rec_1',
            alert: 'rec_2',
            message: 'm',
            passenger: 1,
            answer,
            note: '',
            by: null,
            at: new Date(),
          }
          const codes = toldCodes([{ ...row, state, permitted, discreet } as never], {
            search: () => [],
            find: () => undefined,
            version: 1,
          })
          expect(codes.size).toBe(refused === null ? 1 : 0)
        },
      ),
    )
  })
})
