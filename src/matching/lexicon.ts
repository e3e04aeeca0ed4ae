import { foldWords } from '#matching/fold'
import data from './lexicon.json' with { type: 'json' }

/** What the lexicon knows of a word, apart from its frequency. */
const folded = (list: string) => new Set(list.split(' ').flatMap((word) => foldWords(word).map((part) => part.text)))

/** Connecting words: bin, von, de. They carry little and may be missing. */
export const particles: ReadonlySet<string> = folded(data.particles)
/** Titles and ranks: sheikh, mullah, dr. */
export const honorifics: ReadonlySet<string> = folded(data.honorifics)
/** Titles that stand behind a name; any other at the end, beside one name, is a family name (Sheikh, Mollah). */
export const titlesBehind: ReadonlySet<string> = folded(data.titlesBehind)
/** Before a name these may be a title or the first name: Gen, Sayyid, Malik. */
export const titlesOrNames: ReadonlySet<string> = folded(data.titlesOrNames)
/** Marks of a generation among the titles, each to the one that it is a spelling of. */
export const generations: ReadonlyMap<string, string> = new Map(
  data.generations.split('|').flatMap((line) => line.split(' ').map((word) => [word, line] as const)),
)
/** The Arabic article in Latin letters, dropped wherever something follows. */
export const articles: ReadonlySet<string> = folded(data.articles)
/** The article as it sounds before a sun letter: ar-Rahman. Dropped only before that letter. */
export const assimilatedArticles: ReadonlySet<string> = folded(data.assimilatedArticles)
/** Abu and umm, which make one name with the next word. */
export const kunyas: ReadonlySet<string> = folded(data.kunya)
/** Abd in its spellings, which makes one name with the next word. */
export const servants: ReadonlySet<string> = folded(data.servant)
/** Din in its spellings, which makes one name with the word before. */
export const faiths: ReadonlySet<string> = folded(data.faith)
/** Allah in its spellings, likewise. */
export const gods: ReadonlySet<string> = folded(data.god)
export const faithSuffixes: readonly string[] = data.faithSuffixes.split(' ')
export const godSuffixes: readonly string[] = data.godSuffixes.split(' ')
export const patronymicEndings: readonly string[] = data.patronymicEndings.split(' ')

/** Legal forms as folded words joined by spaces, to the name of their class: ltd, plc or co. */
export const legalForms: ReadonlyMap<string, string> = readLegalForms()
export const longestLegalForm: number = Math.max(...Array.from(legalForms.keys(), (form) => form.split(' ').length))
/** Legal forms in Han characters, longest first: they stand glued at the end of a name. */
export const hanLegalForms: readonly string[] = data.legalForms.ltd
  .concat('|', data.legalForms.plc, '|', data.legalForms.co)
  .split('|')
  .filter((form) => /^\p{Script=Han}+$/u.test(form))
  .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))

function readLegalForms(): Map<string, string> {
  const forms = new Map<string, string>()
  for (const [form, spellings] of Object.entries(data.legalForms)) {
    for (const spelling of spellings.split('|')) {
      const key = foldWords(spelling)
        .map((word) => word.text)
        .join(' ')
      if (key !== '' && !forms.has(key)) forms.set(key, form)
    }
  }
  return forms
}

/** Words that say what an organisation is or does, and of which many have one: shipping, bank, international. */
export const organisationWords: ReadonlySet<string> = folded(data.organisationWords)

/** Of these, what tells those of one trade and place apart. */
export const ranks: ReadonlySet<string> = folded(data.ranks)

/** How many names in a pool of twenty thousand the word is in, by rough band: a prior that a small index needs. */
export const commonWords: ReadonlyMap<string, number> = readCommonWords()

function readCommonWords(): Map<string, number> {
  const counts = new Map<string, number>()
  const bands: readonly (readonly [string, number])[] = [
    [data.particles, 2_000],
    [data.honorifics, 500],
    [data.givenNames.high, 300],
    [data.familyNames.high, 160],
    [data.organisationWords, 160],
    [data.givenNames.mid, 60],
    [data.familyNames.mid, 40],
  ]
  for (const [list, count] of bands) {
    for (const word of folded(list)) if (!counts.has(word)) counts.set(word, count)
  }
  return counts
}
