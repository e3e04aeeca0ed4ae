import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { fold } from '#matching/fold'
import { pick, type Random } from '../invented.ts'
import type { NamePair } from './name-pairs.ts'

/**
 * Pairs by published spellings, where the folder that COMITY_DATA names has them: one Arabic name in two Latin spellings and in
 * its own script (ANETAC, arXiv:1907.03110), one name in two alphabets (name classes of Wikidata, CC0). Two names are put together to one person's.
 */

const perKind = 360
const isPlain = (text: string) => /^[A-Z][a-z]{2,}$/.test(text)

export async function spelledPairs(random: Random): Promise<readonly NamePair[]> {
  const folder = join(resolve(process.env.COMITY_DATA ?? '../shared/data'), 'names')
  return [...arabicPairs(folder, random), ...classPairs(folder, random)]
}

function arabicPairs(folder: string, random: Random): NamePair[] {
  const [own, latin] = ['dev.ar', 'dev.en'].map((name) => join(folder, name))
  const [moreOwn, moreLatin] = ['train.ar', 'train.en'].map((name) => join(folder, name))
  if (!existsSync(own!) || !existsSync(moreOwn!)) return []
  const lines = (path: string) => readFileSync(path, 'utf8').split('\n')
  const spellings = new Map<string, string[]>()
  for (const [arabic, english] of [
    [moreOwn!, moreLatin!],
    [own!, latin!],
  ] as const) {
    const latinLines = lines(english)
    for (const [at, name] of lines(arabic).entries()) {
      const spelling = latinLines[at]?.trim() ?? ''
      if (!isPlain(spelling) || name.trim().length < 3) continue
      const known = spellings.get(name.trim()) ?? []
      if (!known.includes(spelling)) known.push(spelling)
      spellings.set(name.trim(), known)
    }
  }
  const all = [...spellings]
  const several = all.filter(([, forms]) => forms.length > 1)
  const pairs: NamePair[] = []
  for (let at = 0; at < perKind; at++) {
    const [[, a], [, b]] = [pick(random, several), pick(random, several)]
    pairs.push(person('spelt by another ear', true, [`${a[0]} ${b[0]}`, `${a[1]} ${b[1]}`]))
    const [[own1, latin1], [own2, latin2]] = [pick(random, all), pick(random, all)]
    pairs.push(person('in Arabic script', true, [`${own1} ${own2}`, `${latin1[0]} ${latin2[0]}`]))
    const [, other] = pick(random, all)
    if (fold(other[0]!)[0] === fold(latin2[0]!)[0]) continue
    pairs.push(person('other name in Arabic script', false, [`${own1} ${own2}`, `${latin1[0]} ${other[0]}`]))
  }
  return pairs
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Han', 'Katakana', 'Hangul']

function classPairs(folder: string, random: Random): NamePair[] {
  const path = join(folder, 'wikidata-name-classes.gz')
  if (!existsSync(path)) return []
  const classes: string[][] = []
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').split('\n')) {
    const forms = (line.split(' => ')[0] ?? '').split(', ').filter((form) => form.length > 2 && !form.includes(' '))
    if (forms.length >= 6) classes.push(forms)
  }
  const pairs: NamePair[] = []
  const inScript = (forms: readonly string[], script: string) =>
    forms.filter((form) => new RegExp(`^\\p{Script=${script}}+$`, 'u').test(form))
  for (const script of scripts) {
    for (let turn = 0, made = 0; made < perKind / 6 && turn < perKind * 20; turn++) {
      const [given, family, other] = [pick(random, classes), pick(random, classes), pick(random, classes)]
      const [[a], [b], [c]] = [inScript(given, 'Latin'), inScript(family, 'Latin'), inScript(other, 'Latin')]
      const [x, y] = [inScript(given, script).at(-1), inScript(family, script).at(-1)]
      if (a === undefined || b === undefined || c === undefined || x === undefined || y === undefined || c[0] === b[0])
        continue
      const join = script === 'Han' || script === 'Katakana' ? '·' : ' '
      const name = script === 'Latin' ? 'other Latin form' : 'in another script'
      made++
      if (x === a && y === b) continue
      pairs.push(person(name, true, [`${a} ${b}`, `${x}${join}${y}`]))
      pairs.push(person('other name in another script', false, [`${a} ${c}`, `${x}${join}${y}`]))
    }
  }
  return pairs
}

function person(kind: string, same: boolean, [a, b]: readonly [string, string]): NamePair {
  return { kind, same, schema: 'Person', a, b }
}
