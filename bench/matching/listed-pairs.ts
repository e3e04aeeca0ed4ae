import { type MatchEntity, namesOf } from '#matching/entity'
import { fold } from '#matching/fold'
import { seeded } from '../invented.ts'
import type { NamePair } from './name-pairs.ts'
import { hash, isLatin } from './sets.ts'

/** Pairs of listed names: two of one entry that a reader would take for one, and two of two entries that share most of their words. */

const share = 0.12
const least = 2

export function listedPairs(listed: readonly MatchEntity[]): readonly NamePair[] {
  const named = listed.flatMap((entity) => {
    const names = namesOf(entity).filter(({ text, isWeak }) => !isWeak && isLatin(text))
    return names.length === 0 ? [] : [{ entity, names: names.map(({ text }) => ({ text, words: wordsOf(text) })) }]
  })
  const holders = new Map<string, number[]>()
  for (const [at, { names }] of named.entries()) {
    for (const word of new Set(names[0]!.words)) {
      const known = holders.get(word)
      if (known === undefined) holders.set(word, [at])
      else known.push(at)
    }
  }
  const pairs: NamePair[] = []
  for (const [at, { entity, names }] of named.entries()) {
    const random = seeded(hash(`pairs${entity.id}`))
    if (random() > share) continue
    const schema = entity.schema === 'Person' ? 'Person' : 'Company'
    const [first, ...others] = names
    const alias = others.find(({ text, words }) => fold(text) !== fold(first!.text) && areAlike(first!.words, words))
    const name = schema === 'Person' ? 'listed alias' : 'listed alias of an organisation'
    if (alias !== undefined && first!.words.length >= least) {
      pairs.push({ kind: name, same: true, schema, a: first!.text, b: alias.text })
    }
    const near = nearest(at, named, holders)
    if (near === undefined) continue
    const other = schema === 'Person' ? 'two listed people' : 'two listed organisations'
    pairs.push({ kind: other, same: false, schema, a: first!.text, b: near })
  }
  return pairs
}

function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== 'al' && word !== 'el')
}

/** Every word of the shorter has one in the longer that is spelt like it, and no more than one is left over. */
function areAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const left = [...long]
  for (const word of short) {
    const at = left.findIndex((other) => edits(word, other) <= Math.max(1, Math.floor(word.length / 4)))
    if (at < 0) return false
    left.splice(at, 1)
  }
  return short.length >= least && left.length <= 1
}

/** The first name of another entry of the same kind that shares the most words and has another that is quite unlike. */
function nearest(
  at: number,
  named: readonly {
    readonly entity: MatchEntity
    readonly names: readonly { text: string; words: readonly string[] }[]
  }[],
  holders: ReadonlyMap<string, readonly number[]>,
): string | undefined {
  const { entity, names } = named[at]!
  const shared = new Map<number, number>()
  for (const word of new Set(names[0]!.words)) {
    for (const other of (holders.get(word) ?? []).slice(0, 400)) shared.set(other, (shared.get(other) ?? 0) + 1)
  }
  let best: { readonly text: string; readonly count: number } | undefined
  for (const [other, count] of shared) {
    const it = named[other]!
    if (other === at || (it.entity.schema === 'Person') !== (entity.schema === 'Person')) continue
    if (best !== undefined && count <= best.count) continue
    const isClose = names.some((own) => it.names.some(({ words }) => areAlike(own.words, words)))
    if (!isClose) best = { text: it.names[0]!.text, count }
  }
  return best?.text
}

function edits(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    above = row
  }
  return above[b.length]!
}
