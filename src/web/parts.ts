import { loadPage } from './page-load'
import type { ConsolePart } from './part'

const found = import.meta.glob<{ console: ConsolePart }>('../capabilities/*/console.ts', { eager: true })

/** Every capability's part of the console; a page comes with the words of its capability, and so does a piece. */
export const parts: readonly ConsolePart[] = Object.entries(found).map(([file, { console: part }]) => {
  const capability = file.split('/').at(-2)!
  const worded =
    <Loaded>(load: () => Promise<Loaded>, quotes: readonly string[] = []) =>
    () =>
      loadPage(load, [capability, ...quotes])
  return {
    ...part,
    pages: part.pages.map((it) => ({ ...it, load: worded(it.load, it.quotes) })),
    ...(part.pieces === undefined ? {} : { pieces: part.pieces.map((it) => ({ ...it, load: worded(it.load) })) }),
  }
})
