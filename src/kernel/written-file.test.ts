import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { writeFrom } from '#kernel/written-file'

const folder = mkdtempSync(join(tmpdir(), 'comity-written-'))
const path = join(folder, 'list.xml')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* parts(count: number, end?: Error) {
  for (let at = 0; at < count; at++) yield Buffer.from(`${at} `)
  if (end !== undefined) throw end
}

describe('a file written from what comes', () => {
  it('has all of it and is for its user alone', async () => {
    await writeFrom(parts(3), path)
    expect(readFileSync(path, 'utf8')).toBe('0 1 2 ')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('stays as it was, with nothing beside it, when its source breaks off at whatever moment', async () => {
    writeFileSync(path, 'before')
    for (const count of [0, 1, 1_000]) {
      await expect(writeFrom(parts(count, new Error('cut')), path)).rejects.toThrow('cut')
      await new Promise((resume) => setTimeout(resume, 20))
      expect(existsSync(`${path}.new`)).toBe(false)
      expect(readFileSync(path, 'utf8')).toBe('before')
    }
  })

  it('is given up when its signal says so', async () => {
    const signal = AbortSignal.timeout(20)
    await expect(writeFrom(new Readable({ read: () => undefined }), path, { signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(existsSync(`${path}.new`)).toBe(false)
  })
})
