import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Figures } from '../bench/matching/figures.ts'
import { plots } from '../bench/matching/report-plots.ts'
import { withTables } from '../bench/matching/report-tables.ts'

const read = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')
const figures = JSON.parse(read('matching/figures.json')) as Figures

describe('docs/matching.md', () => {
  it('shows the figures that are kept, and no others', () => {
    const page = read('matching.md')
    expect(withTables(page, figures)).toBe(page)
    expect(page).toMatch(/\| 0\.70 \|/)
  })

  it('has the pictures of these figures', () => {
    const drawn = plots(figures)
    expect(Object.keys(drawn)).toHaveLength(4)
    for (const [name, svg] of Object.entries(drawn)) expect(read(`matching/${name}.svg`)).toBe(svg)
  })
})
