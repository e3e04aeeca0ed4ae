import { loadPageWords } from './language'
import type { ConsolePart } from './part'

const found = import.meta.glob<{ console: ConsolePart }>('../capabilities/*/console.ts', { eager: true })

/** Every capability's part of the console; a page comes with the words of its capability. */
export const parts: readonly ConsolePart[] = Object.entries(found).map(([file, { console: part }]) => ({
  ...part,
  pages: part.pages.map((page) => ({
    ...page,
    load: async () => {
      const wordsOf = [file.split('/').at(-2)!, ...(page.quotes ?? [])]
      const [loaded] = await Promise.all([page.load(), ...wordsOf.map(loadPageWords)])
      return loaded
    },
  })),
}))
