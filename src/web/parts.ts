import { loadPageWords } from './language'
import type { ConsolePart } from './part'

const found = import.meta.glob<{ console: ConsolePart }>('../capabilities/*/console.ts', { eager: true })

/** Every capability's part of the console; a page comes with the words of its capability, and so does a piece. */
export const parts: readonly ConsolePart[] = Object.entries(found).map(([file, { console: part }]) => {
  const worded =
    <Loaded>(load: () => Promise<Loaded>, quotes: readonly string[] = []) =>
    async () => {
      const wordsOf = [file.split('/').at(-2)!, ...quotes]
      const [loaded] = await Promise.all([load(), ...wordsOf.map(loadPageWords)])
      return loaded
    }
  return {
    ...part,
    pages: part.pages.map((it) => ({ ...it, load: worded(it.load, it.quotes) })),
    ...(part.pieces === undefined ? {} : { pieces: part.pieces.map((it) => ({ ...it, load: worded(it.load) })) }),
  }
})
