import type { Figures } from './figures.ts'
import { axisX, axisY, type Box, curve, dot, legend, line, marks, scale, svg, text } from './plot.ts'
import { interval, type Share } from './shares.ts'

/** The pictures of docs/matching.md by the names of their files. */
export function plots(figures: Figures): Readonly<Record<string, string>> {
  return {
    searches: plotSearches(figures),
    misspellings: plotMisspellings(figures),
    cultures: plotCultures(figures),
    bands: plotBands(figures),
  }
}

const width = 760
const inPercent = (value: number) => `${Number((value * 100).toPrecision(3))} %`
const tenths = [0, 0.2, 0.4, 0.6, 0.8, 1]
const ratio = ([some, all]: Share) => some / all

function plotSearches({ searches }: Figures): string {
  const box: Box = { left: 64, top: 72, width: width - 88, height: 320 }
  const x = scale(
    { from: 0.0004, to: 1, ticks: [0.001, 0.01, 0.1, 1], label: inPercent, isLogarithmic: true },
    box.left,
    box.left + box.width,
  )
  const y = scale({ from: 0, to: 1, ticks: tenths, label: inPercent }, box.top + box.height, box.top)
  const curves = searches.map((it, at) => {
    const points = it.curve.map(([strangers, right]) => [x.at(strangers), y.at(right)] as const)
    return curve(points, marks[at]!)
  })
  const dots = searches.flatMap((it, at) =>
    it.curve
      .filter((_, index) => index % 20 === 10)
      .map(([strangers, right]) => dot([x.at(strangers), y.at(right)], marks[at]!)),
  )
  return svg(
    {
      width,
      height: 460,
      title: 'Right people above a score, by the share of invented people above it',
      description: 'Four curves over a logarithmic axis; the higher on the left, the better.',
    },
    [
      axisX(box, x, 'invented people, on no list, above the score'),
      axisY(box, y),
      ...curves,
      ...dots,
      legend(
        searches.map(({ name }) => name),
        { x: 16, y: 50 },
      ),
    ],
  )
}

function plotMisspellings({ searches }: Figures): string {
  const kinds = Object.keys(searches[0]!.kinds).sort(
    (a, b) => ratio(searches[0]!.kinds[b]!) - ratio(searches[0]!.kinds[a]!),
  )
  const row = 34
  const box: Box = { left: 190, top: 64, width: width - 222, height: kinds.length * row }
  const x = scale({ from: 0, to: 1, ticks: tenths, label: inPercent }, box.left, box.left + box.width)
  const rows = kinds.flatMap((kind, at) => {
    const middle = box.top + (at + 0.5) * row
    const dots = searches
      .map((it, index) => dot([x.at(ratio(it.kinds[kind]!)), middle + (index - 1.5) * 6], marks[index]!))
      .reverse()
    return [
      line([box.left, box.top + at * row], [box.left + box.width, box.top + at * row], 'grid'),
      text(`${kind} (${searches[0]!.kinds[kind]![1]})`, {
        x: box.left - 12,
        y: middle + 4,
        anchor: 'end',
      }),
      ...dots,
    ]
  })
  return svg(
    {
      width,
      height: box.top + box.height + 56,
      title: 'Misspelt people found above the score that 1 % of invented people pass',
      description: 'A row for each kind of misspelling with how many were asked; a mark for each search.',
    },
    [
      axisX(box, x, 'found'),
      ...rows,
      legend(
        searches.map(({ name }) => name),
        { x: 16, y: 50 },
      ),
    ],
  )
}

function plotCultures({ cultures }: Figures): string {
  const sorted = cultures.toSorted((a, b) => ratio(b.review) - ratio(a.review))
  const row = 20
  const most = Math.max(...sorted.map(({ review }) => interval(review)[1]))
  const to = Math.ceil(most * 20) / 20
  const box: Box = { left: 262, top: 64, width: width - 294, height: sorted.length * row }
  const step = to > 0.2 ? 0.05 : 0.02
  const ticks = Array.from({ length: Math.floor(to / step + 1e-9) + 1 }, (_, at) => at * step)
  const x = scale({ from: 0, to, ticks, label: inPercent }, box.left, box.left + box.width)
  const rows = sorted.flatMap(({ name, review, alert }, at) => {
    const middle = box.top + (at + 0.5) * row
    const shown = ([share, mark, place]: readonly [Share, 'a' | 'b', number]) => {
      const [from, end] = interval(share)
      return [line([x.at(from), place], [x.at(end), place], `reach ${mark}`), dot([x.at(ratio(share)), place], mark)]
    }
    return [
      text(`${name} (${review[1]})`, { x: box.left - 12, y: middle + 4, anchor: 'end' }),
      ...shown([review, 'a', middle - 3]),
      ...shown([alert, 'b', middle + 5]),
    ]
  })
  return svg(
    {
      width,
      height: box.top + box.height + 56,
      title: 'Invented people, on no list, by the culture of their names',
      description: 'The share that scores 0.5 or more and 0.7 or more, with the 95 % interval and the number asked.',
    },
    [
      axisX(box, x, 'share that scores as much, with its 95 % interval'),
      ...rows,
      legend(['0.5 or more (review)', '0.7 or more (alert)'], { x: 16, y: 50 }),
    ],
  )
}

function plotBands({ bands }: Figures): string {
  const box: Box = { left: 64, top: 88, width: width - 88, height: 320 }
  const x = scale(
    { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.7, 0.9, 1], label: (value) => value.toFixed(2) },
    box.left,
    box.left + box.width,
  )
  const y = scale(
    {
      from: 0.0005,
      to: 1,
      ticks: [0.001, 0.01, 0.1, 0.5, 1],
      label: inPercent,
      isLogarithmic: true,
    },
    box.top + box.height,
    box.top,
  )
  const series = [
    ['unseen aliases', (it: Figures['bands'][number]) => it.aliases],
    ['invented people', (it: Figures['bands'][number]) => it.people],
    ['misspelt people', (it: Figures['bands'][number]) => it.spellings],
    ['invented companies', (it: Figures['bands'][number]) => it.companies],
  ] as const
  const drawn = series.flatMap(([, of], at) => {
    const points = bands.flatMap((it) => {
      const value = ratio(of(it))
      return value >= 0.0005 ? [[x.at(it.from), y.at(value)] as const] : []
    })
    return [curve(points, marks[at]!), ...points.filter((_, index) => index % 3 === 1).map((it) => dot(it, marks[at]!))]
  })
  const shades = [
    [0.25, 0.5, 'weak'],
    [0.5, 0.7, 'review'],
    [0.7, 1, 'alert'],
  ] as const
  const areas = shades.flatMap(([from, to, name], at) => [
    at % 2 === 0
      ? `<rect x="${x.at(from)}" y="${box.top}" width="${x.at(to) - x.at(from)}" height="${box.height}" class="band"/>`
      : '',
    text(name, { x: (x.at(from) + x.at(to)) / 2, y: box.top - 8, anchor: 'middle', classes: 'soft' }),
  ])
  return svg(
    {
      width,
      height: 476,
      title: 'What scores as much or more',
      description: 'Shares on a logarithmic axis, over the score, with the bands weak, review and alert.',
    },
    [
      ...areas,
      axisX(box, x, 'score'),
      axisY(box, y),
      ...drawn,
      legend(
        series.map(([name]) => name),
        { x: 16, y: 50 },
      ),
    ],
  )
}
