import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import sources from './sources.json' with { type: 'json' }
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

/** Every text by its place, with the values that it is filled with. */
function shapeOf(words: object, place = ''): string[] {
  return Object.entries(words).flatMap(([name, inner]) =>
    typeof inner === 'string'
      ? [`${place}/${name} ${[...inner.matchAll(/\{\{[a-z]+\}\}/g)].map(String).sort().join(' ')}`]
      : shapeOf(inner, `${place}/${name}`),
  )
}

describe('words of lists', () => {
  it('are the same in all languages', () => {
    for (const words of [fr, es, ar]) expect(shapeOf(words)).toEqual(shapeOf(en))
  })

  it('have a title for every list that a node knows', () => {
    for (const words of [en, fr, es, ar]) expect(Object.keys(words.lists.titles)).toEqual(sources.map((it) => it.id))
    expect(en.lists.titles).toEqual(Object.fromEntries(sources.map((it) => [it.id, it.title])))
  })

  it('say why a file or an entry is refused, whatever the reader finds wrong with it', () => {
    const source = readFileSync(new URL('../../formats/faults.ts', import.meta.url), 'utf8')
    const codes = [...source.matchAll(/'(formats\/[a-z0-9-]+)'/g)].map(([, code]) => code as string)
    const ofPeople = ['formats/no-name-column'] // of a file of customers
    expect(codes.length).toBeGreaterThan(20)
    for (const code of codes.filter((it) => !ofPeople.includes(it))) expect(en.lists.problems).toHaveProperty([code])
  })
})
