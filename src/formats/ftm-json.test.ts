import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import { readFtmJson } from '#formats/ftm-json'

const bytes = readFileSync(new URL('./samples/ftm-exercise.jsonl', import.meta.url))

async function codeOf(text: string): Promise<string | null> {
  return (await collectUntilFault(readFtmJson(inPieces(text, [])))).code
}

describe('readFtmJson', () => {
  it('reads entities and rejects bad lines', async () => {
    const items = await collect(readFtmJson(inPieces(bytes, [])))
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : [it.line, it.entity.id]))).toEqual([
      [1, 'ex-1'],
      ['line 2', 'formats/unknown-schema'],
      [4, 'ex-3'],
      ['line 5', 'formats/wrong-shape'],
      ['line 6', 'formats/wrong-json'],
      [7, 'ex-6'],
    ])
  })

  it('leaves out what the vocabulary leaves out, and says so', async () => {
    const [first] = await collect(readFtmJson(inPieces(bytes, [])))
    expect(first).toEqual({
      kind: 'entity',
      line: 1,
      ignored: ['religion'],
      entity: {
        id: 'ex-1',
        schema: 'Person',
        caption: 'EXERCISE Talib',
        properties: { name: ['EXERCISE Talib'], birthDate: ['1971-03'], notes: ['An invented person'] },
      },
    })
  })

  it('gives the same items whatever the chunks', async () => {
    const expected = await collect(readFtmJson(inPieces(bytes, [])))
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readFtmJson(inPieces(bytes, lengths)))).toEqual(expected)
      }),
    )
  })

  it('lets a line that is too long go and reads on', async () => {
    const good = '{"id":"ex-1","schema":"Person","properties":{}}'
    const long = `{"id":"${'x'.repeat(1_500_000)}"}`
    for (const lengths of [[], [70_000]]) {
      const items = await collect(readFtmJson(inPieces(`${good}\n${long}\n${good}\n`, lengths)))
      expect(items.map((it) => it.kind)).toEqual(['entity', 'rejected', 'entity'])
    }
  })

  it('rejects a line that nests too deep or hides a prototype', async () => {
    const good = '{"id":"ex-1","schema":"Person","properties":{}}'
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`
    const items = await collect(readFtmJson(inPieces(`${good}\n${deep}\n{"__proto__":{}}\n`, [])))
    expect(items.map((it) => (it.kind === 'rejected' ? it.code : it.kind))).toEqual([
      'entity',
      'formats/wrong-json',
      'formats/wrong-json',
    ])
  })

  it('refuses what is not JSON lines or is cut off', async () => {
    expect(await codeOf('<!DOCTYPE html>\n')).toBe('formats/not-ftm-json')
    expect(await codeOf('[1]\n')).toBe('formats/not-ftm-json')
    expect(await codeOf('{"id":"ex-1","schema":"Person","properties":{}}\n{"id":"ex')).toBe('formats/truncated')
    expect(await codeOf('{"id":"ex-1","schema":"Person","properties":{}}')).toBeNull()
    expect(await codeOf('')).toBeNull()
  })
})
