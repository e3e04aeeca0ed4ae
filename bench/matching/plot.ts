/** A small plotter: SVG text, legible on light and on dark pages, no script, no font of its own. */

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** From values to a place along an axis. */
export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly (readonly [value: number, label: string])[]
}

export interface Axis {
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  readonly label: (value: number) => string
  readonly isLogarithmic?: boolean
}

export function scale(axis: Axis, start: number, end: number): Scale {
  const bend = axis.isLogarithmic === true ? Math.log : (value: number) => value
  const [from, to] = [bend(axis.from), bend(axis.to)]
  return {
    at: (value) => start + ((bend(value) - from) / (to - from)) * (end - start),
    ticks: axis.ticks.map((value) => [value, axis.label(value)] as const),
  }
}

/** Told apart by form as well as by colour. */
export const marks = ['a', 'b', 'c', 'd'] as const
export type Mark = (typeof marks)[number]

const style = `
  :root { color-scheme: light dark; --page: #ffffff; --ink: #1c2530; --soft: #5a6675; --line: #dfe4ea; --band: #eef2f6;
    --a: #0b5fb0; --b: #b3510a; --c: #17795a; --d: #8a3f9c }
  @media (prefers-color-scheme: dark) { :root { --page: #12171d; --ink: #e8edf2; --soft: #a3afbc; --line: #2c3641; --band: #1b222a;
    --a: #6bb1f5; --b: #f0a35e; --c: #5fc9a2; --d: #d79be6 } }
  text { font: 12px system-ui, sans-serif; fill: var(--ink) }
  .soft { fill: var(--soft) }
  .title { font-weight: 600; font-size: 14px }
  .page { fill: var(--page) }
  .band { fill: var(--band) }
  .grid { stroke: var(--line); stroke-width: 1 }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round }
  .reach { stroke-width: 1.5 }
  ${marks.map((it) => `.${it} { stroke: var(--${it}) } .f${it} { fill: var(--${it}); stroke: none }`).join('\n  ')}
  .b { stroke-dasharray: 7 3 } .c { stroke-dasharray: 2 3 } .d { stroke-dasharray: 9 3 2 3 }
  .reach { stroke-dasharray: none }
`

export interface Sheet {
  readonly width: number
  readonly height: number
  readonly title: string
  /** Read out in place of the picture. */
  readonly description: string
}

export function svg({ width, height, title, description }: Sheet, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    text(title, { x: 16, y: 24, classes: 'title' }),
    ...parts,
    '</svg>\n',
  ].join('\n')
}

export interface Placed {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly classes?: string
}

export function text(words: string, { x, y, anchor = 'start', classes = '' }: Placed): string {
  return `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" class="${classes}">${escaped(words)}</text>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export function short(value: number): string {
  return String(Math.round(value * 10) / 10)
}

export function line(from: readonly [number, number], to: readonly [number, number], classes: string): string {
  return `<line x1="${short(from[0])}" y1="${short(from[1])}" x2="${short(to[0])}" y2="${short(to[1])}" class="${classes}"/>`
}

export function curve(points: readonly (readonly [number, number])[], mark: Mark): string {
  const path = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('')
  return `<path d="${path}" class="curve ${mark}"/>`
}

const size = 4.5

/** A disc, a square, a triangle or a diamond. */
export function dot([x, y]: readonly [number, number], mark: Mark): string {
  const around = (points: readonly (readonly [number, number])[]) =>
    `<polygon points="${points.map(([dx, dy]) => `${short(x + dx * size)},${short(y + dy * size)}`).join(' ')}" class="f${mark}"/>`
  switch (mark) {
    case 'a':
      return `<circle cx="${short(x)}" cy="${short(y)}" r="${size}" class="fa"/>`
    case 'b':
      return around([
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ])
    case 'c':
      return around([
        [0, -1.2],
        [1.1, 0.8],
        [-1.1, 0.8],
      ])
    case 'd':
      return around([
        [0, -1.3],
        [1.3, 0],
        [0, 1.3],
        [-1.3, 0],
      ])
  }
}

export function axisX({ left, top, width, height }: Box, x: Scale, label: string): string {
  const bottom = top + height
  const ticks = x.ticks.flatMap(([value, words]) => [
    line([x.at(value), top], [x.at(value), bottom], 'grid'),
    text(words, { x: x.at(value), y: bottom + 18, anchor: 'middle', classes: 'soft' }),
  ])
  return [...ticks, text(label, { x: left + width / 2, y: bottom + 38, anchor: 'middle' })].join('\n')
}

export function axisY({ left, width }: Box, y: Scale): string {
  return y.ticks
    .flatMap(([value, words]) => [
      line([left, y.at(value)], [left + width, y.at(value)], 'grid'),
      text(words, { x: left - 8, y: y.at(value) + 4, anchor: 'end', classes: 'soft' }),
    ])
    .join('\n')
}

/** One line of names with their marks. */
export function legend(names: readonly string[], { x, y }: { readonly x: number; readonly y: number }): string {
  let at = x
  const parts: string[] = []
  for (const [index, name] of names.entries()) {
    const mark = marks[index]!
    parts.push(curve([[at, y - 4], [at + 26, y - 4]], mark)) // biome-ignore format: one line
    parts.push(dot([at + 13, y - 4], mark), text(name, { x: at + 34, y }))
    at += 52 + name.length * 6.9
  }
  return parts.join('\n')
}
