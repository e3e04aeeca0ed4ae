import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The floors of the house, from the ground up. A file imports from its own room and from lower floors. */
const floors = [
  ['kernel'],
  ['protocol'],
  ['policy', 'matching', 'graph', 'ledger', 'formats'],
  ['store'],
  ['http', 'wire'],
  ['capabilities'],
  ['web', 'cli'],
  ['pages'],
  ['node'],
]
/** The command line starts nodes, so its commands reach up to the composition root; nothing else does. */
const doors: readonly [from: string, to: string][] = [['cli', 'node']]

const source = new URL('../src/', import.meta.url).pathname
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (it) => /\.tsx?$/.test(it) && !/\.(test|fixture|arbitrary)\.tsx?$/.test(it),
)

interface Import {
  readonly from: string
  readonly to: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8')
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'#([^']+)'/g)].map((it) => `${it[1]}.ts`)
  const local = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((it) =>
    relative(source, join(source, file, '..', it[1]!)),
  )
  return [...named, ...local].map((to) => ({ from: file, to }))
}

/** What of a capability runs in the browser is made of pieces of the console, and so stands a floor above it. */
const roomOf = (file: string) =>
  /^capabilities\/.*(?:\.tsx|\/console\.ts)$/.test(file) ? 'pages' : file.split('/')[0]!
const floorOf = (room: string) => floors.findIndex((it) => it.includes(room))
const capabilityOf = (file: string) =>
  file.startsWith('capabilities/') && file.split('/').length > 2 ? file.split('/')[1] : undefined

function breaksWall({ from, to }: Import): boolean {
  const [room, other] = [roomOf(from), roomOf(to)]
  const [one, two] = [capabilityOf(from), capabilityOf(to)]
  if (one !== undefined && two !== undefined && one !== two) return true
  if (room === other) return false
  if (doors.some(([a, b]) => a === room && b === other)) return false
  return floorOf(room) <= floorOf(other)
}

/** Matching is to be used as a library on its own. */
const leavesMatching = ({ to }: Import) => !['kernel', 'matching'].includes(roomOf(to))

describe('the house', () => {
  it('has a floor for every room', () => {
    const rooms = [...new Set(files.filter((it) => it.includes('/')).map(roomOf))]
    expect(rooms.filter((it) => floorOf(it) === -1)).toEqual([])
  })

  it('has no file that imports from its own floor or from above', () => {
    const broken = files.flatMap(importsOf).filter(breaksWall)
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('finds a broken wall when there is one', () => {
    expect(breaksWall({ from: 'kernel/ids.ts', to: 'protocol/record.ts' })).toBe(true)
    expect(breaksWall({ from: 'ledger/entry.ts', to: 'matching/score.ts' })).toBe(true)
    expect(breaksWall({ from: 'capabilities/lists/rules.ts', to: 'capabilities/records/rules.ts' })).toBe(true)
    expect(breaksWall({ from: 'http/app.ts', to: 'wire/inbox.ts' })).toBe(true)
    expect(breaksWall({ from: 'capabilities/lists/list-page.tsx', to: 'capabilities/records/record.ts' })).toBe(true)
    expect(breaksWall({ from: 'web/shell.tsx', to: 'capabilities/lists/list-page.tsx' })).toBe(true)
    expect(breaksWall({ from: 'capabilities/lists/list-page.tsx', to: 'web/node.tsx' })).toBe(false)
    expect(breaksWall({ from: 'wire/inbox.ts', to: 'store/store.ts' })).toBe(false)
  })

  it('has a matching engine that stands on the kernel alone, its tests too', () => {
    const own = readdirSync(join(source, 'matching'), { encoding: 'utf8' }).filter((it) => it.endsWith('.ts'))
    const imports = own.flatMap((it) => importsOf(`matching/${it}`))
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.filter(leavesMatching).map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
    expect(leavesMatching({ from: 'matching/entity.ts', to: 'protocol/vocabulary.ts' })).toBe(true)
  })

  it('has no barrel, no enum and no default export', () => {
    const offenders = files.filter((it) => {
      const text = readFileSync(join(source, it), 'utf8')
      return /^export (\*|default)|^(export )?(const )?enum /m.test(text)
    })
    expect(offenders).toEqual([])
  })
})
