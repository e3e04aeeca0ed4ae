import { readFileSync } from 'node:fs'
import type { PdfLanguage } from '#capabilities/subjects/pdf'

type Tree = { readonly [key: string]: string | Tree }

/** The words of the console, so that a document says the same as the screen. */
export type Says = (key: string, values?: Readonly<Record<string, string | number>>) => string

const places = ['./words', '../../web/words'] as const

export function wordsFor(language: PdfLanguage): Says {
  const words: Tree = Object.assign(
    {},
    ...places.map((it) => JSON.parse(readFileSync(new URL(`${it}/${language}.json`, import.meta.url), 'utf8'))),
  )
  return (key, values = {}) => {
    const found = key
      .split('.')
      .reduce<string | Tree | undefined>((at, name) => (at as Tree | undefined)?.[name], words)
    // A property or a code without words of its own stands for itself.
    const text = typeof found === 'string' ? found : key.slice(key.lastIndexOf('.') + 1)
    return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
  }
}
