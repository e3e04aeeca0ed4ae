import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

interface Family {
  readonly family: string
  readonly package: string
  /** The part of the package that the first letters are taken from. */
  readonly subset: string
  /** Unicode ranges, as CSS writes them. */
  readonly first: string
}

const weights = [400, 600] as const
const made = fileURLToPath(new URL('../dist/fonts/', import.meta.url))
const data = new URL('./fonts.json', import.meta.url)
const require = createRequire(import.meta.url)

/**
 * Offers `virtual:fonts.css`: each typeface whole, in the parts that its package has, and before them a small part with the
 * letters that nearly every page needs. A browser fetches a whole part only for a letter that the small one lacks, and then sets
 * the letter with the marks that stand on it from the same file.
 */
export function fonts(): Plugin {
  return {
    name: 'fonts',
    resolveId: async (id) => {
      if (id !== 'virtual:fonts.css') return
      mkdirSync(made, { recursive: true })
      const { families } = JSON.parse(readFileSync(data, 'utf8')) as { families: readonly Family[] }
      const faces = await Promise.all(families.flatMap((it) => weights.map((weight) => facesOf(it, weight))))
      writeFileSync(`${made}fonts.css`, faces.flat().join('\n'))
      return `${made}fonts.css`
    },
  }
}

async function facesOf(family: Family, weight: number): Promise<readonly string[]> {
  const ranges = JSON.parse(readFileSync(require.resolve(`@fontsource/${family.package}/unicode.json`), 'utf8'))
  const fileOf = (subset: string) =>
    require.resolve(`@fontsource/${family.package}/files/${family.package}-${subset}-${weight}-normal.woff2`)
  const small = `${made}${family.package}-first-${weight}.woff2`
  writeFileSync(
    small,
    await subsetFont(readFileSync(fileOf(family.subset)), lettersOf(family.first), { targetFormat: 'woff2' }),
  )
  const faces = Object.entries<string>(ranges).map(([subset, range]) =>
    face(family, { weight, file: fileOf(subset), range }),
  )
  // Where two parts have a letter, the one that is named last is asked first.
  return [...faces, face(family, { weight, file: small, range: family.first })]
}

function face({ family }: Family, { weight, file, range }: { weight: number; file: string; range: string }): string {
  return [
    `@font-face { font-family: '${family}'; font-style: normal; font-display: swap; font-weight: ${weight};`,
    `src: url('${relative(made, file)}') format('woff2'); unicode-range: ${range}; }`,
  ].join(' ')
}

function lettersOf(ranges: string): string {
  return ranges
    .split(',')
    .flatMap((it) => {
      const [from, to = from] = it
        .slice(2)
        .split('-')
        .map((hex) => Number.parseInt(hex, 16)) as [number, number?]
      return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))
    })
    .join('')
}
