import type { BandFigures, Figures } from './figures.ts'
import { intervalText, percent, type Share, together } from './shares.ts'

type Row = readonly string[]

/** Puts each table between its marks in docs/matching.md. Throws for a mark without a table, or a table without marks. */
export function withTables(page: string, figures: Figures): string {
  const left = new Map(Object.entries(tables(figures)))
  const marks = /(<!-- figures: (\S+) -->\n)(?:.|\n)*?(<!-- end -->)/g
  const text = page.replaceAll(marks, (_, start: string, name: string, end: string) => {
    const written = left.get(name)
    if (written === undefined) throw new Error(`There is no table ${name}.`)
    left.delete(name)
    return `${start}\n${written}\n\n${end}`
  })
  if (left.size > 0) throw new Error(`The page has no place for ${[...left.keys()].join(', ')}.`)
  return text
}

function tables(figures: Figures): Readonly<Record<string, string>> {
  return {
    source: sourceOf(figures),
    searches: searchesOf(figures),
    drawn: drawnOf(figures),
    bands: bandsOf(figures),
    pairs: pairsOf(figures),
    names: namesOf(figures),
    scripts: scriptsOf(figures),
    cultures: culturesOf(figures),
  }
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.join(' | ')} |`
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

const counted = (share: Share) => `${percent(share)} (${share[0]} of ${share[1]})`

function sourceOf({ day, engine, machine, lists, sets, entities }: Figures): string {
  const parts = (['train', 'development', 'test'] as const).map((part) => {
    const own = sets[part]
    const count = (set: string) => String(own[set] ?? 0)
    return [part, ...['alias', 'spelling', 'arabic', 'script', 'person', 'company'].map(count)]
  })
  return [
    `Measured on ${day} with ${engine} on ${machine.replace(/, load before.*/, '')}; ${entities.toLocaleString('en')} entities.`,
    '',
    table(
      ['list', 'entities', 'people', 'names', 'of', 'SHA-256 of the file'],
      lists.map((it) => [
        it.name,
        String(it.entities),
        String(it.people),
        String(it.names),
        it.dated,
        `\`${it.sha256.slice(0, 16)}…\``,
      ]),
    ),
    '',
    table(
      [
        'part',
        'aliases left out',
        'misspelt people',
        'in Arabic script',
        'other scripts',
        'invented people',
        'invented companies',
      ],
      parts,
    ),
  ].join('\n')
}

const none: Share = [0, 0]

function drawnOf({ drawn = [] }: Figures): string {
  const [own] = drawn
  if (own === undefined) return 'Not measured yet on the test part.'
  return table(
    [
      'search',
      `unseen alias first (of ${own.aliasFirst[1]})`,
      `misspelt first (of ${own.spellingFirst[1]})`,
      'alias, at 1 %',
      'misspelt, at 1 %',
      'both together, at 1 %',
    ],
    drawn.map((it) => [
      it.name,
      percent(it.aliasFirst),
      percent(it.spellingFirst),
      percent(it.aliasAbove),
      percent(it.spellingAbove),
      percent(together(it.aliasAbove, it.spellingAbove)),
    ]),
  )
}

function searchesOf({ searches, blockingLoss }: Figures): string {
  const rows = searches.map((it) => [
    it.name,
    percent(it.aliasFirst),
    percent(it.spellingFirst),
    percent(it.arabicFirst),
    percent(it.aliasAbove),
    percent(it.spellingAbove),
    percent(together(it.aliasAbove, it.spellingAbove)),
  ])
  const all = searches.map(({ otherAliasFirst = none, otherAliasAbove = none, ...it }) => [
    it.name,
    percent(otherAliasFirst),
    percent(together(it.aliasFirst, otherAliasFirst)),
    percent(otherAliasAbove),
    percent(together(it.aliasAbove, otherAliasAbove, it.spellingAbove)),
  ])
  const [own] = searches
  return [
    table(
      [
        'search',
        `unseen alias first (of ${own!.aliasFirst[1]})`,
        `misspelt first (of ${own!.spellingFirst[1]})`,
        `Arabic script first (of ${own!.arabicFirst[1]})`,
        'alias, at 1 %',
        'misspelt, at 1 %',
        'both together, at 1 %',
      ],
      rows,
    ),
    '',
    ...(own!.otherAliasFirst === undefined
      ? []
      : [
          'The same with the organisations, ships and others of the lists, who are asked for by an unseen alias:',
          '',
          table(
            [
              'search',
              `unseen alias of others first (of ${own!.otherAliasFirst[1]})`,
              'unseen alias of anybody first',
              'alias of others, at 1 %',
              'all aliases and misspelt people, at 1 %',
            ],
            all,
          ),
          '',
        ]),
    `Loss through blocking: of ${blockingLoss[1]} queries, ${blockingLoss[0]} have a best entity that is found only when every name is compared.`,
  ].join('\n')
}

function bandsOf({ bands }: Figures): string {
  const shown = [0.25, 0.5, 0.6, 0.7, 0.8, 0.9]
  const columns: readonly (readonly [string, (it: BandFigures) => Share])[] = [
    ['invented people', (it) => it.people],
    ['invented companies', (it) => it.companies],
    ['people by an unseen alias', (it) => it.aliases],
    ['misspelt people', (it) => it.spellings],
    ['others by an unseen alias', (it) => it.otherAliases],
    ['in Arabic script', (it) => it.arabic],
  ]
  const rows = shown.flatMap((from) => bands.filter((it) => it.from === from))
  return table(
    ['score from', ...columns.map(([name, of]) => `${name} (${of(bands[0]!)[1]})`)],
    rows.map((it) => [it.from.toFixed(2), ...columns.map(([, of]) => percent(of(it)))]),
  )
}

const pairWords = {
  twins: 'one entity on two lists',
  halves: 'one entry shared out to two and damaged',
  near: 'two entries with the most alike names',
  family: 'same family name and country',
  year: 'same country and year of birth',
  siblings: 'an invented brother or sister',
  namesakes: 'an invented person of the same name',
  others: 'any two entries',
} as const

function pairsOf({ pairs }: Figures): string {
  return [
    `${pairs.pairs} pairs: area under the curve ${pairs.areaUnderCurve.toFixed(3)}, best F1 ${pairs.f1.toFixed(3)} (from ${pairs.from.toFixed(2)} up).`,
    '',
    table(
      ['pair', 'is one', '0.5 or more', '0.7 or more'],
      pairs.kinds
        .toSorted((a, b) => Number(b.same) - Number(a.same))
        .map((it) => [pairWords[it.name], it.same ? 'yes' : 'no', counted(it.review), counted(it.alert)]),
    ),
  ].join('\n')
}

function namesOf({ namePairs }: Figures): string {
  if (namePairs === undefined) return 'Not measured yet.'
  const { pairs, areaUnderCurve, f1, from, f1FromReview, f1FromAlert, kinds } = namePairs
  return [
    `${pairs} pairs: best F1 ${f1.toFixed(3)} (from ${from.toFixed(2)} up), ${f1FromReview.toFixed(3)} from 0.5, ${f1FromAlert.toFixed(3)} from 0.7; area under the curve ${areaUnderCurve.toFixed(3)}.`,
    '',
    table(
      ['two names', 'one', '0.5 or more', '0.7 or more'],
      kinds
        .toSorted((a, b) => Number(b.same) - Number(a.same))
        .map((it) => [it.name, it.same ? 'yes' : 'no', counted(it.review), counted(it.alert)]),
    ),
  ].join('\n')
}

function scriptsOf({ scripts }: Figures): string {
  return table(
    ['script', 'asked', 'on no list, 0.5 or more', '0.7 or more', 'right person first', 'right person 0.5 or more'],
    scripts.map((it) => [
      it.name,
      String(it.review[1]),
      percent(it.review),
      percent(it.alert),
      percent(it.first),
      percent(it.found),
    ]),
  )
}

function culturesOf({ cultures }: Figures): string {
  return table(
    ['names of', 'people', '0.5 or more', '95 % interval', '0.7 or more', '95 % interval'],
    cultures
      .toSorted((a, b) => b.review[0] / b.review[1] - a.review[0] / a.review[1])
      .map((it) => [
        it.name,
        String(it.review[1]),
        percent(it.review),
        intervalText(it.review),
        percent(it.alert),
        intervalText(it.alert),
      ]),
  )
}
