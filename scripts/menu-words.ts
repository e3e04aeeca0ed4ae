import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const prefix = 'virtual:menu-words/'
const capabilities = fileURLToPath(new URL('../src/capabilities', import.meta.url))

type Words = { readonly [name: string]: string | Words }

/**
 * Offers `virtual:menu-words/en`: of each capability's words only those that its `console.ts` names, which the navigation and
 * the queue show from the first. A key that ends in a value, `messages.waits.${urgency}`, brings all that it may become. The
 * rest comes with the capability's pages.
 */
export function menuWords(): Plugin {
  return {
    name: 'menu-words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return
      const language = id.slice(prefix.length + 1)
      const parts = readdirSync(capabilities).flatMap((it) => {
        const [console, file] = [`${capabilities}/${it}/console.ts`, `${capabilities}/${it}/words/${language}.json`]
        if (!existsSync(console) || !existsSync(file)) return []
        this.addWatchFile(console)
        this.addWatchFile(file)
        return [namedIn(readFileSync(console, 'utf8'), JSON.parse(readFileSync(file, 'utf8')))]
      })
      return `export const words = ${JSON.stringify(Object.assign({}, ...parts))}`
    },
  }
}

function namedIn(source: string, words: Words): Words {
  const named = [...source.matchAll(/['`]([a-z]+(?:\.[\w-]+)+\.?)/gi)].map((it) => it[1]!)
  const keep = (inner: Words, path: string): Words =>
    Object.fromEntries(
      Object.entries(inner).flatMap(([name, value]): [string, string | Words][] => {
        const key = path === '' ? name : `${path}.${name}`
        if (typeof value !== 'string') {
          const kept = keep(value, key)
          return Object.keys(kept).length > 0 ? [[name, kept]] : []
        }
        // i18next appends the plural form to the key.
        const whole = key.replace(/_(?:zero|one|two|few|many|other)$/, '')
        return named.some((it) => it === whole || (/[.-]$/.test(it) && key.startsWith(it))) ? [[name, value]] : []
      }),
    )
  return keep(words, '')
}
