import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readColumns, writeColumns } from '#kernel/column-file'

const folder = mkdtempSync(join(tmpdir(), 'columns-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'index.columns')

const columns: readonly (readonly [string, Uint8Array])[] = [
  ['words', new Uint8Array(new Uint32Array([1, 2, 0xffff_ffff]).buffer)],
  ['nothing', new Uint8Array(0)],
  ['odd', Uint8Array.of(1, 2, 3)],
]
const write = (format = 'test 1') => writeColumns(path, { format, columns, about: () => ({ of: 'é' }) })

describe('writeColumns', () => {
  it('writes what readColumns gives back, each column in a buffer of its own', async () => {
    const digest = await write()
    const read = await readColumns(path, 'test 1')
    expect(read).toMatchObject({ digest, about: { of: 'é' } })
    expect([...read.columns]).toEqual(columns.map(([name, bytes]) => [name, new Uint8Array(bytes)]))
    expect(new Set([...read.columns.values()].map((it) => it.buffer)).size).toBe(columns.length)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(existsSync(`${path}.new`)).toBe(false)
  })

  it('takes each column when it comes to it, and asks what is to be said of them at the end', async () => {
    const taken: string[] = []
    function* later() {
      for (const it of columns) {
        taken.push(it[0])
        yield it
      }
    }
    await writeColumns(path, { format: 'test 1', columns: later(), about: () => [...taken] })
    expect((await readColumns(path, 'test 1')).about).toEqual(columns.map(([name]) => name))
  })

  it('leaves the file before in place when it does not come to its end', async () => {
    await write()
    const before = readFileSync(path)
    const failing = writeColumns(path, {
      format: 'test 1',
      columns,
      about: () => {
        throw new Error('out of memory')
      },
    })
    await expect(failing).rejects.toThrow('out of memory')
    expect(readFileSync(path)).toEqual(before)
  })
})

describe('readColumns', () => {
  it('refuses a file of another format, and one that is not there by its own error', async () => {
    await write('test 0')
    await expect(readColumns(path, 'test 1')).rejects.toMatchObject({ code: 'column-file/format' })
    await expect(readColumns(join(folder, 'none'), 'test 1')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('refuses a file of which any one bit is another, or that ends anywhere before its end', async () => {
    await write()
    const whole = readFileSync(path)
    const refused = () => expect(readColumns(path, 'test 1')).rejects.toMatchObject({ code: 'column-file/damaged' })
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(whole)
        changed[at]! ^= 1 << bit
        writeFileSync(path, changed)
        await refused()
      }),
    )
    for (let length = 0; length < whole.length; length += 5) {
      writeFileSync(path, whole)
      truncateSync(path, length)
      await refused()
    }
  })
})
