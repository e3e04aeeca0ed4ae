import { describe, expect, it } from 'vitest'
import { collect, inPieces, sample } from '#formats/chunks.arbitrary'
import { type CusresMessage, exerciseResponses, type PassengerAnswer, readCusres } from '#formats/travel/cusres'
import { answeredList, writeCusres } from '#formats/travel/cusres-write'
import { type PaxlstMessage, readPaxlst } from '#formats/travel/paxlst'

const today = '2026-11-27'
const options = { reference: 'EXA1', preparedAt: '2026-11-27T09:05:00Z' }
const list = async () =>
  answeredList((await collect(readPaxlst(sample('paxlst-exercise.edi'), { today })))[0] as PaxlstMessage)
const answersOf = async (text: string, responses = exerciseResponses) => {
  const items = await collect(readCusres(inPieces(text, []), { today, responses }))
  return { message: items[0] as CusresMessage, codes: items.flatMap((it) => it.findings.map((one) => one.code)) }
}
const answer = (passengerReference: string, codes: string[], texts: string[] = []): PassengerAnswer => ({
  bookingLocator: 'EXERC1',
  passengerReference,
  codes,
  texts,
})

describe('writeCusres', () => {
  it('answers a list with its references, and is read back the same', async () => {
    const answers = [answer('EXERCISE0001', ['0Z']), answer('EXERCISE0002', ['1Z'], ["ASK THE DESK + IT'S OPEN?"])]
    const text = writeCusres(await list(), answers, options)
    const { message, codes } = await answersOf(text)
    expect(codes).toEqual([])
    expect(message).toMatchObject({
      type: 'CUSRES',
      reference: 'EX1',
      document: '962',
      transactionReference: 'EXERCISE1',
      interchange: {
        sender: 'EXERCISE STATE',
        recipient: 'EXERCISE AIR',
        prepared: '261127:0905',
        applicationReference: 'APIS',
      },
      flights: [
        {
          flight: 'XX900',
          departure: { place: 'LHR', time: { local: '2026-11-28T08:05' } },
          arrival: { place: 'FRA' },
        },
      ],
      answers: [
        { ...answers[0]!, texts: ['OK TO BOARD'], meaning: { meaning: 'board', boards: true } },
        { ...answers[1]!, meaning: { meaning: 'doNotBoard', boards: false } },
      ],
    })
  })

  it('writes with the separators of the carrier', async () => {
    const separators = { component: '*', element: ':', release: '?', terminator: '$' }
    const text = writeCusres(await list(), [answer('EXERCISE0001', ['0Z'])], { ...options, separators })
    expect(text.startsWith('UNA*:.? $')).toBe(true)
    expect((await answersOf(text)).message.answers).toMatchObject([
      { passengerReference: 'EXERCISE0001', codes: ['0Z'] },
    ])
  })

  it('uses the table of the state, and refuses a code that is not in it', async () => {
    const responses = { '7X': { meaning: 'board', boards: true, text: 'GO' } }
    const text = writeCusres(await list(), [answer('EXERCISE0001', ['7X'])], { ...options, responses })
    expect((await answersOf(text, responses)).message.answers[0]?.meaning).toEqual(responses['7X'])
    const { message, codes } = await answersOf(text)
    expect(message.answers[0]?.meaning).toBeNull()
    expect(codes).toEqual(['unlisted-response'])
    const wrong = await list()
    expect(() => writeCusres(wrong, [answer('EXERCISE0001', ['0Z'])], { ...options, responses })).toThrow(
      'codes of the table',
    )
    expect(() => writeCusres(wrong, [answer('EXERCISE0001', [])], options)).toThrow('codes of the table')
    expect(() => writeCusres(wrong, [answer('NOBODY', ['0Z'])], options)).toThrow('nobody')
  })

  it('answers for somebody without a reference by their place in the list, and refuses a place that it has not', async () => {
    const of = (number: number): PassengerAnswer => ({
      bookingLocator: null,
      passengerReference: null,
      codes: ['1Z'],
      texts: [],
      place: { number, name: 'Ingrid Exempel' },
    })
    const { message } = await answersOf(writeCusres(await list(), [of(2)], options))
    expect(message.answers).toMatchObject([
      {
        passengerReference: null,
        codes: ['1Z'],
        texts: ['PASSENGER 2 OF THE LIST, INGRID EXEMPEL', 'DO NOT BOARD, CONTACT THE AUTHORITY'],
      },
    ])
    const wrong = await list()
    expect(() => writeCusres(wrong, [of(99)], options)).toThrow('nobody')
  })
})

describe('readCusres', () => {
  it('tells an answer without a code and a message that was refused', async () => {
    const start = "UNB+UNOA:4+EX+XX+261127:0900+1'UNH+1+CUSRES:D:05B:UN:IATA'"
    const silent = await answersOf(`${start}BGM+962'ERP+2'RFF+ABO:A'UNT+5+1'UNZ+1+1'`)
    expect(silent.message.answers).toMatchObject([{ passengerReference: 'A', codes: [], meaning: null }])
    expect(silent.codes).toEqual(['no-passenger-answer'])
    const both = await answersOf(
      `${start}BGM+962'ERP+2'RFF+ABO:A'ERC+0Z'ERC+1Z'ERP+2'RFF+ABO:B'ERC+0Z'ERC+QQ'UNT+9+1'UNZ+1+1'`,
    )
    expect(both.message.answers.map((it) => it.meaning?.boards ?? null)).toEqual([false, null])
    const refused = await answersOf(`${start}BGM+312'ERP+1'ERC+118'UNT+5+1'UNZ+1+1'`)
    expect(refused.message).toMatchObject({ document: '312', answers: [], messageErrors: ['118'] })
  })
})
