import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from '#cli/server-sent'

const stream =
  'id: 1\nevent: open\ndata: {}\n\n: still here\n\nid: 2\r\ndata: one\r\ndata: twö\r\n\r\ndata:bare\rretry: 5\r\rdata: never ends\n'

async function read(cuts: readonly number[]) {
  const bytes = Buffer.from(stream)
  const places = [0, ...cuts.map((it) => it % bytes.length).sort((a, b) => a - b), bytes.length]
  const chunks = places.slice(1).map((end, at) => bytes.subarray(places[at], end))
  return Array.fromAsync(
    readEvents(
      (async function* () {
        yield* chunks
      })(),
    ),
  )
}

describe('readEvents', () => {
  it('reads fields, comments and all three line ends, wherever the chunks are cut', async () => {
    const expected = [
      { event: 'open', data: '{}', id: '1' },
      'heartbeat',
      { event: 'message', data: 'one\ntwö', id: '2' },
      { event: 'message', data: 'bare', id: '2' },
    ]
    expect(await read([])).toEqual(expected)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cuts) => {
        expect(await read(cuts)).toEqual(expected)
      }),
    )
  })
})
