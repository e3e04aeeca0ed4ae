import { readFileSync } from 'node:fs'
import type { PdfLanguage } from '#capabilities/subjects/pdf'

type Tree = { readonly [key: string]: string | Tree }

/** The words of the console, so that a document says the same as the screen. */
export type Says = (key: string, values?: Readonly<Record<string, string | number>>) => string

const places = ['./words', '../../web/words', '../../web/record/words'] as const

export function wordsFor(language: PdfLanguage): Says {
  const words = places
    .map((it): Tree => JSON.parse(readFileSync(new URL(`${it}/${language}.json`, import.meta.url), 'utf8')))
    .reduce(joined)
  return (key, values = {}) => {
    const found = key
      .split('.')
      .reduce<string | Tree | undefined>((at, name) => (at as Tree | undefined)?.[name], words)
    // A property or a code without words of its own stands for itself.
    const text = typeof found === 'string' ? found : key.slice(key.lastIndexOf('.') + 1)
    return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
  }
}

/** Words of one name come from several files, as they do in the console. */
function joined(one: Tree, other: Tree): Tree {
  const all = { ...one }
  for (const [name, it] of Object.entries(other)) {
    const before = all[name]
    all[name] = typeof it === 'object' && typeof before === 'object' ? joined(before, it) : (before ?? it)
  }
  return all
}
