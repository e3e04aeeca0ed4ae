import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importList } from '#capabilities/lists/import-list'
import { sourceOf } from '#capabilities/lists/rules'
import { partFile } from '#capabilities/lists/uploads'
import { engineOf } from '#capabilities/screening/engine'
import type { RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import type { Caller } from '#store/reader'
import { openScene } from './kit.ts'

const lists = join(resolve(process.env.COMITY_DATA ?? '../shared/data'), 'lists')
const present = existsSync(join(lists, 'UN_consolidated.xml'))

function officer({ services }: RunningNode): Caller {
  return {
    actor: {
      member: partyOf(services.directories.current(), services.identity.me),
      person: { id: 'per_1', roles: ['officer'] },
    },
    via: 'session',
  }
}

function handIn({ services }: RunningNode, list: string, parts: Record<string, string>) {
  for (const [part, content] of Object.entries(parts)) {
    const file = partFile(services, list, part)
    mkdirSync(dirname(file), { recursive: true })
    if (existsSync(content)) copyFileSync(content, file)
    else writeFileSync(file, content)
  }
  return { services, caller: officer(scene(services)), force: false, has: (part: string) => part in parts }
}
const scene = (services: RunningNode['services']) => ({ services }) as RunningNode

describe('list import', () => {
  it.skipIf(!present)('takes in the whole UN list, and again without a change', async () => {
    await using federation = await openScene(['fr'])
    const node = federation.node('fr')
    const file = join(lists, 'UN_consolidated.xml')
    const text = readFileSync(file, 'utf8')
    const expected = text.split('<INDIVIDUAL>').length - 1 + text.split('<ENTITY>').length - 1
    const report = await importList(sourceOf('un-sc'), handIn(node, 'un-sc', { xml: file }))
    expect(report).toMatchObject({ entries: expected, added: expected, changed: 0, removed: 0, rejected: [] })
    const again = await importList(sourceOf('un-sc'), handIn(node, 'un-sc', { xml: file }))
    expect(again).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: expected })
    const smaller = text
      .replace(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/, '')
      .replace('<FIRST_NAME>', '<FIRST_NAME>EXERCISE ')
    const delta = await importList(sourceOf('un-sc'), handIn(node, 'un-sc', { xml: smaller }))
    expect(delta).toMatchObject({ added: 0, changed: 1, removed: 1 })
    await expect.poll(() => engineOf(node.services).size, { timeout: 10_000 }).toBe(expected - 1)
    console.log(JSON.stringify({ ...report, rejected: report.rejected.length }))
  })

  it.skipIf(!present)('takes in the whole OFAC list', async () => {
    await using federation = await openScene(['fr'])
    const node = federation.node('fr')
    const parts = {
      sdn: join(lists, 'sdn.csv'),
      alt: join(lists, 'alt.csv'),
      add: join(lists, 'add.csv'),
      comments: join(lists, 'sdn_comments.csv'),
    }
    const rows = readFileSync(parts.sdn, 'latin1')
      .split('\n')
      .filter((it) => /^\d+,/.test(it)).length
    const report = await importList(sourceOf('us-ofac-sdn'), handIn(node, 'us-ofac-sdn', parts))
    expect(report).toMatchObject({ entries: rows, added: rows, rejected: [] })
    console.log(JSON.stringify({ ...report, rejected: report.rejected.length }))
  })
})
