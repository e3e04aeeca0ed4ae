import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const source = new URL('../', import.meta.url)
const folders = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((it) => it.endsWith('words/en.json'))
  .map((it) => it.slice(0, -'/en.json'.length))

const wordsOf = (folder: string, language: string): object =>
  JSON.parse(readFileSync(new URL(`${folder}/${language}.json`, source), 'utf8'))

/** Every text by its place, with the values that it is filled with. */
function shapeOf(words: object, place = ''): string[] {
  return Object.entries(words).flatMap(([name, inner]) =>
    typeof inner === 'string'
      ? [`${place}.${name} ${[...inner.matchAll(/\{\{\w+\}\}/g)].map(String).sort().join(' ')}`]
      : shapeOf(inner, `${place}.${name}`),
  )
}

describe('words', () => {
  it.each(folders)('of %s are the same in all languages, and under one name', (folder) => {
    const shape = shapeOf(wordsOf(folder, 'en'))
    expect(Object.keys(wordsOf(folder, 'en'))).toHaveLength(1)
    for (const language of ['fr', 'es', 'ar']) expect(shapeOf(wordsOf(folder, language)), language).toEqual(shape)
  })

  it('are there for every key that a page names', () => {
    const all = new Set(folders.flatMap((it) => shapeOf(wordsOf(it, 'en')).map((one) => one.split(' ')[0]!.slice(1))))
    const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (it) => it.endsWith('.tsx') || it.endsWith('/console.ts'),
    )
    const roots = folders.map((it) => Object.keys(wordsOf(it, 'en'))[0]!).join('|')
    const key = new RegExp(`'((?:${roots})\\.[\\w.-]+)'`, 'g')
    const missing = pages.flatMap((page) =>
      [...readFileSync(new URL(page, source), 'utf8').matchAll(key)]
        .map((it) => it[1]!)
        .filter((it) => !all.has(it) && ![`${it}_one`, `${it}_other`].some((one) => all.has(one)))
        .map((it) => `${page}: ${it}`),
    )
    expect(missing).toEqual([])
  })
})
