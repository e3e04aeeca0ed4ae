import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tales } from '#capabilities/exercise/tales'

type Words = { readonly [name: string]: string | Words }

const source = new URL('../../', import.meta.url)
const read = (file: string): Words => JSON.parse(readFileSync(new URL(file, source), 'utf8'))
const steps = tales.flatMap((it) => it.steps)
const languages = ['en', 'fr', 'es', 'ar'] as const

const merged = (a: Words, b: Words): Words => ({
  ...a,
  ...Object.fromEntries(
    Object.entries(b).map(([name, it]) => {
      const before = a[name]
      return [name, typeof before === 'object' && typeof it === 'object' ? merged(before, it) : it]
    }),
  ),
})

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
const wordsIn = (language: string) =>
  files
    .filter((it) => it.endsWith(`words/${language}.json`))
    .map(read)
    .reduce(merged, {})

const textAt = (words: Words, key: string) =>
  key
    .split('.')
    .reduce<string | Words | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), words)

const textsOf = (step: string, words: Words) =>
  Object.entries(textAt(words, `exercise.story.${step}`) as Words) as [string, string][]
const keysIn = (text: string) => [...text.matchAll(/\$t\(([^)]*)\)/g)].map((it) => it[1]!)

describe('the words of a step', () => {
  const english = wordsIn('en')

  it.each(languages)('quote pages and buttons by the words of the console, in %s', (language) => {
    const words = wordsIn(language)
    for (const { id } of steps) {
      for (const [name, text] of textsOf(id, words)) {
        const place = `${language} ${id}.${name}`
        for (const key of keysIn(text)) {
          const quoted = textAt(words, key)
          expect(quoted, `${place}: ${key}`).toBeTypeOf('string')
          expect(quoted, `${place}: ${key} has no values to be filled with`).not.toContain('{{')
        }
        // What stands between quotation marks is such a word, never a copy of one that may change.
        const copies = [...text.matchAll(/[«“]\s*(.*?)\s*[»”]/g)].filter((it) => !/^\$t\([^)]+\)$/.test(it[1]!))
        expect(copies.map(String), place).toEqual([])
        expect(keysIn(text).toSorted(), place).toEqual(
          keysIn(Object.fromEntries(textsOf(id, english))[name]!).toSorted(),
        )
      }
      expect(keysIn(Object.fromEntries(textsOf(id, words)).hand!).length, `${language} ${id}`).toBeGreaterThan(0)
    }
  })

  it('come with a name for each holding, cargo and place that the steps show', () => {
    const used = steps.flatMap(({ holds, moves, looks, office }) => [
      ...Object.values(holds).map((it) => `holds.${it}`),
      ...moves.map((it) => `cargo.${it.what}`),
      ...looks.map((it) => `lookAt.${it.at}`),
      `goTo.${office}`,
      `sees.${office}`,
    ])
    for (const key of new Set(used)) expect(textAt(english, `exercise.${key}`), key).toBeTypeOf('string')
  })

  it('are quoted from capabilities whose words come with the page', () => {
    const page = readFileSync(new URL('capabilities/exercise/console.ts', source), 'utf8')
    const quotes = [.../quotes: \[(.*)\]/.exec(page)![1]!.matchAll(/'(\w+)'/g)].map((it) => it[1]!)
    const quoted = steps.flatMap(({ id }) => textsOf(id, english).flatMap(([, text]) => keysIn(text)))
    expect(quoted.map((it) => it.split('.')[0]!).filter((it) => it !== 'web' && !quotes.includes(it))).toEqual([])
  })
})
