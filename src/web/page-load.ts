import { loadPageWords } from './language'

/**
 * Brings the code of a page with what it needs beside it: the words of these capabilities and of the pieces, and styles, which
 * are asked for first so that the page's own rules come after them.
 */
export async function loadPage<Loaded>(load: () => Promise<Loaded>, wordsOf: readonly string[] = []): Promise<Loaded> {
  const styles = import('./mantine-pages.css')
  const [loaded] = await Promise.all([load(), styles, loadPageWords(wordsOf)])
  return loaded
}
