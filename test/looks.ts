import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/**
 * How pages looked when a person last looked at them: a contact sheet for each language and theme, with one small picture of
 * each page. A page is compared in this size, where texts are grey and what stands where, and in which colours, is seen.
 */

const cell = { width: 160, height: 90 }
const columns = 6

/**
 * What may differ: times, names and numbers change from run to run, fonts and their edges with the browser's version. A pixel
 * counts when it differs by more than `threshold` (of 1, as pixelmatch weighs colours); this share of pixels may.
 */
export const tolerance = { threshold: 0.25, share: 0.04 }

const folder = fileURLToPath(new URL('./looks/', import.meta.url))

/** Which page stands where on its sheet. */
const indexFile = `${folder}index.json`
const readIndex = (): Record<string, string[]> =>
  existsSync(indexFile) ? JSON.parse(readFileSync(indexFile, 'utf8')) : {}

export interface Looks {
  /** The share of pixels that differ from what is kept; `undefined` when no picture of this page is kept. */
  differs(page: string, screenshot: Buffer): number | undefined
  /** Keeps this picture from now on. Written by `write()`. */
  keep(page: string, screenshot: Buffer): void
  write(): void
}

/** The sheet of one look, `en-dark`. */
export function openLooks(look: string): Looks {
  const file = `${folder}${look}.png`
  const names = readIndex()[look] ?? []
  const kept = new Map<string, PNG>()
  if (existsSync(file)) {
    const sheet = PNG.sync.read(readFileSync(file))
    for (const [at, name] of names.entries()) {
      const picture = new PNG(cell)
      const { left, top } = placeOf(at)
      if (top + cell.height <= sheet.height) PNG.bitblt(sheet, picture, left, top, cell.width, cell.height, 0, 0)
      kept.set(name, picture)
    }
  }
  return {
    differs(page, screenshot) {
      const before = kept.get(page)
      if (before === undefined) return undefined
      const now = shrink(PNG.sync.read(screenshot))
      const count = pixelmatch(before.data, now.data, undefined, cell.width, cell.height, {
        threshold: tolerance.threshold,
      })
      return count / (cell.width * cell.height)
    },
    keep(page, screenshot) {
      kept.set(page, shrink(PNG.sync.read(screenshot)))
    },
    write() {
      const pages = [...kept.keys()].sort()
      const sheet = new PNG({ width: columns * cell.width, height: Math.ceil(pages.length / columns) * cell.height })
      for (const [at, page] of pages.entries()) {
        const { left, top } = placeOf(at)
        PNG.bitblt(kept.get(page)!, sheet, 0, 0, cell.width, cell.height, left, top)
      }
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, PNG.sync.write(sheet))
      writeFileSync(indexFile, `${JSON.stringify({ ...readIndex(), [look]: pages }, null, 2)}\n`)
    },
  }
}

function placeOf(at: number) {
  return { left: (at % columns) * cell.width, top: Math.floor(at / columns) * cell.height }
}

/** The mean colour of each field of the picture that becomes one pixel. */
function shrink({ width, height, data }: PNG): PNG {
  const small = new PNG(cell)
  for (let y = 0; y < cell.height; y++)
    for (let x = 0; x < cell.width; x++) {
      const [left, right] = edgesOf(x, width / cell.width)
      const [top, bottom] = edgesOf(y, height / cell.height)
      let [red, green, blue] = [0, 0, 0]
      for (let row = top; row < bottom; row++)
        for (let from = 4 * (row * width + left); from < 4 * (row * width + right); from += 4) {
          red += data[from]!
          green += data[from + 1]!
          blue += data[from + 2]!
        }
      const count = (right - left) * (bottom - top)
      const mean = [red, green, blue].map((it) => Math.round(it / count))
      small.data.set([...mean, 255], 4 * (y * cell.width + x))
    }
  return small
}

function edgesOf(at: number, size: number): readonly [from: number, to: number] {
  return [Math.floor(at * size), Math.floor((at + 1) * size)]
}
