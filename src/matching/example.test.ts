import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMatchingIndex } from '#matching/name-index'
import { createSearchPool } from '#matching/search-pool'

describe('the example of README.md', () => {
  it('finds the person, with the reasons', async () => {
    const index = createMatchingIndex()
    index.put({
      id: 'list-7',
      schema: 'Person',
      properties: {
        name: ['Yusuf Ibrahim al-Zarmalwi'],
        birthDate: ['1971-04-03'],
        nationality: ['ke'],
      },
    })

    const query = {
      id: 'customer-1',
      schema: 'Person',
      properties: { name: ['يوسف ابراهيم الزرملوي'], birthDate: ['1971-03-04'] },
    } as const
    const [found] = index.search(query)

    expect(found?.id).toBe('list-7')
    expect(found?.evidence.candidateName).toBe('Yusuf Ibrahim al-Zarmalwi')
    expect(found?.evidence.agreeing).toEqual(['name_match', 'birth_date_swapped'])
    expect(found?.evidence.comparable).toEqual(['name', 'birthDate'])

    const pool = createSearchPool(index, { threads: 1 })
    const among = index.select((id) => id.startsWith('list-'))
    expect(await pool.search([query], { among, limit: 1 })).toEqual([[found]])
    await pool.close()

    index.remove('list-7')
    expect(index.search(query)).toEqual([])
  })

  it('is what the file shows', () => {
    const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
    const shown = /```ts\n([\s\S]*?)```/.exec(read('README.md'))![1]!.trim()
    const run = /reasons', async \(\) => \{\n([\s\S]*?)\n {2}\}\)\n/.exec(read('example.test.ts'))![1]!
    const imports =
      "import { createMatchingIndex } from '#matching/name-index'\nimport { createSearchPool } from '#matching/search-pool'\n\n"
    expect(shown).toBe(imports + run.replaceAll(/^ {4}/gm, ''))
  })
})
