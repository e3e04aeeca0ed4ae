import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { indexOf } from '#capabilities/documents/engine'
import { catchUp, caughtUp } from '#capabilities/documents/follow'
import { dropIndexFile, keepIndex, loadKept } from '#capabilities/documents/index-file'
import { header, office } from '#capabilities/documents/office.fixture'
import { readColumns } from '#kernel/column-file'
import type { RecordId } from '#kernel/ids'
import { followerPositions } from '#store/follow'
import { openScene, type Scene } from '../../../test/kit.ts'

const long = 'LONGNUMBEREXERCISE01'
let scene: Scene
beforeAll(async () => {
  scene = await openScene(['fr'])
  await declare('A0001', 'A0002', long)
  await declare('B0001')
}, 60_000)
afterAll(() => scene?.[Symbol.asyncDispose]())

const fr = () => office(scene.node('fr'))
const services = () => scene.node('fr').services
const file = () => join(services().settings.dataDirectory, 'documents', 'index.columns')

async function declare(...numbers: string[]): Promise<RecordId> {
  const documents = numbers.map((number) => ({ number, kind: 'passport', status: 'stolen' }))
  const ranges = [{ from: `R${numbers[0]}0`, to: `R${numbers[0]}9`, kind: 'passport' }]
  const { body } = await fr().call('POST', '/documents', { handling: header(new Date()), documents, ranges })
  expect(body).toMatchObject({ declared: numbers.length + 1 })
  await caughtUp(services())
  return body.id
}

const statusOf = async (number: string) =>
  (await fr().call('POST', '/documents/look-up', { number })).body.found.map((it: { status: string }) => it.status)

/** Starts again with what is done to the file while the node is off. */
async function restart(between: (path: string) => void = () => undefined): Promise<void> {
  const path = file()
  await scene.stop('fr')
  expect(existsSync(path)).toBe(true)
  between(path)
  await scene.start('fr')
}

async function keepNow(): Promise<boolean> {
  await caughtUp(services())
  return keepIndex(services(), followerPositions(services().store).get('documents')!)
}

describe('the file of the index', () => {
  // Whatever a test did to it, a start works from the store.
  afterEach(async () => {
    await restart((path) => writeFileSync(path, 'none'))
    expect(await statusOf('A0001')).toEqual(['stolen'])
    await expect.poll(() => existsSync(file()) && readFileSync(file(), 'latin1') === 'none').toBe(false)
  })

  it('is written at the end, gives the same answers at the next start, and is fit for its owner only', async () => {
    await restart()
    const kept = await loadKept(services())
    expect(kept).toMatchObject({ directory: services().directories.current().version })
    expect(indexOf(services()).size).toBe(6)
    expect(await statusOf('A0002')).toEqual(['stolen'])
    expect(await statusOf(long)).toEqual(['stolen'])
    expect(await statusOf('RA00015')).toEqual(['blank-stolen'])
    expect(await statusOf('A0003')).toEqual([])
  })

  it('gives way to what was declared, recovered and withdrawn after it was written', async () => {
    const gone = await declare('C0001', 'LONGNUMBERWITHDRAWN1')
    expect(await keepNow()).toBe(true)
    const before = readFileSync(file())
    expect(before.includes('LONGNUMBERWITHDRAWN1')).toBe(true)
    await declare('D0001')
    await fr().call('POST', '/documents/recovered', { documents: [{ number: 'A0002', kind: 'passport' }] })
    await fr().call('POST', `/records/${gone}/recall`, { reason: 'exercise' })
    await caughtUp(services())
    await expect.poll(() => existsSync(file())).toBe(false)
    writeFileSync(file(), before)
    const kept = await loadKept(services())
    expect(await statusOf('D0001')).toEqual([])
    expect(await statusOf('A0002')).toEqual(['stolen'])
    expect(await statusOf('C0001')).toEqual(['stolen'])
    expect(await catchUp(kept!, services())).toMatchObject({ isLess: true })
    expect(await statusOf('D0001')).toEqual(['stolen'])
    expect(await statusOf('A0002')).toEqual(['recovered'])
    expect(await statusOf('C0001')).toEqual([])
    expect(await statusOf('RC00015')).toEqual([])
    await fr().call('POST', '/documents/recovered', { documents: [{ number: 'D0001', kind: 'passport' }] })
  })

  it('loses what was withdrawn, and is whole again at the end without it', async () => {
    const gone = await declare('E0001', 'LONGNUMBERWITHDRAWN2')
    expect(await keepNow()).toBe(true)
    await fr().call('POST', `/records/${gone}/recall`, { reason: 'exercise' })
    await caughtUp(services())
    await restart((path) => expect(readFileSync(path).includes('LONGNUMBERWITHDRAWN2')).toBe(false))
    expect(await statusOf('E0001')).toEqual([])
    expect(await statusOf(long)).toEqual(['stolen'])
  })

  it('may have a part of what came while it was written: it is indexed again, and nothing is taken for another', async () => {
    const index = indexOf(services())
    const position = followerPositions(services().store).get('documents')!
    const { columns, about } = index.contents()
    const taken = columns[Symbol.iterator]()
    const parts = new Map<string, Uint8Array<ArrayBuffer>>()
    for (let at = 0; at < 100; at++) parts.set(...copy(taken.next().value!))
    const numbers = Array.from({ length: 200 }, (_, at) => `F${1_000 + at}`)
    await declare(...numbers)
    for (let next = taken.next(); next.done !== true; next = taken.next()) parts.set(...copy(next.value))
    const { createDocumentIndex } = await import('#capabilities/documents/document-index')
    const read = createDocumentIndex({ kept: { columns: parts, about: about() } })
    const count = () => numbers.filter((number) => read.find({ number }, () => true).length > 0).length
    expect(count()).toBe(0)
    const declaring = (id: string) => ({ id: id as RecordId, version: 1, owner: 'fr' })
    const other = { kind: 'passport', status: 'lost' as const, declaredAt: '2026-01-01', numbers: 'G1' }
    read.put(declaring('rec_other') as never, { issuer: 'fr', groups: [other], ranges: [] })
    expect(count()).toBe(0)
    expect(read.find({ number: 'G1' }, () => true)).toMatchObject([{ status: 'lost' }])

    expect(await keepNow()).toBe(true)
    const before = index.size
    const kept = (await loadKept(services()))!
    await catchUp({ ...kept, sequence: position }, services())
    expect(indexOf(services()).size).toBe(before)
    expect(await statusOf('F1007')).toEqual(['stolen'])
  })

  it('is refused when it is damaged, cut, of another format or of another store', async () => {
    expect(await keepNow()).toBe(true)
    const whole = readFileSync(file())
    const damaged = Buffer.from(whole)
    damaged[whole.length >> 1]! ^= 1
    writeFileSync(file(), damaged)
    expect(await loadKept(services())).toBeUndefined()
    writeFileSync(file(), whole)
    truncateSync(file(), whole.length - 8)
    expect(await loadKept(services())).toBeUndefined()
    writeFileSync(file(), 'none')
    expect(await loadKept(services())).toBeUndefined()
    await expect(readColumns(file(), 'documents 0')).rejects.toMatchObject({ code: 'column-file/damaged' })
    writeFileSync(file(), whole)
    await expect(readColumns(file(), 'documents 0')).rejects.toMatchObject({ code: 'column-file/format' })
    const { sequence } = (await loadKept(services()))!
    await sql`update changes set at = at + interval '1 second' where sequence = ${sequence}`.execute(
      services().store.db,
    )
    expect(await loadKept(services())).toBeUndefined()
    await sql`update changes set at = at - interval '1 second' where sequence = ${sequence}`.execute(
      services().store.db,
    )
    await dropIndexFile(services())
    expect(await loadKept(services())).toBeUndefined()
  })

  it('is not what lies beside it after a stop between writing and renaming', async () => {
    await restart((path) => renameSync(path, `${path}.new`))
    expect(await statusOf('A0001')).toEqual(['stolen'])
    await restart((path) => {
      const old = readFileSync(path)
      writeFileSync(`${path}.new`, old.subarray(0, old.length >> 1))
    })
    expect(await statusOf('A0001')).toEqual(['stolen'])
  })
})

function copy([name, bytes]: readonly [string, Uint8Array]): [string, Uint8Array<ArrayBuffer>] {
  return [name, new Uint8Array(bytes)]
}
