import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from 'hono'
import { z } from 'zod'

const name = 'boundaries.topojson'

/** The world at 1:10 million is 4 MB; much more than this is a mistake. */
const mostBytes = 16_000_000

const Ring = z.array(z.int())
const named = { id: z.union([z.string(), z.number()]).optional() }
const Geometry = z.union([
  z.object({ ...named, type: z.literal('Polygon'), arcs: z.array(Ring) }),
  z.object({ ...named, type: z.literal('MultiPolygon'), arcs: z.array(z.array(Ring)) }),
  z.object({ ...named, type: z.null() }),
])
const Atlas = z.object({
  type: z.literal('Topology'),
  arcs: z.array(z.array(z.array(z.number()).min(2))),
  objects: z.object({
    countries: z.object({ type: z.literal('GeometryCollection'), geometries: z.array(Geometry) }),
  }),
})

export interface BoundariesFile {
  /** As it was laid down; `undefined` when it cannot be used. */
  readonly text: string | undefined
  readonly problem: string | undefined
}

/**
 * Boundaries of an office's own, in place of those that the console brings: `boundaries.topojson` in the data folder of the
 * node, TopoJSON with an object `countries` whose geometries carry ISO 3166-1 numeric codes as `id`. `undefined` when there is
 * none. A file that cannot be used is a problem to be seen: other boundaries than the office chose are never shown instead.
 */
export function readerOfBoundaries(dataDirectory: string): () => Promise<BoundariesFile | undefined> {
  const file = join(dataDirectory, name)
  let known: { readonly state: string; readonly read: Promise<BoundariesFile> } | undefined
  return async () => {
    const found = await stat(file).catch((cause: NodeJS.ErrnoException) => cause)
    if (found instanceof Error)
      return found.code === 'ENOENT' ? undefined : { text: undefined, problem: `${name} cannot be read: ${found.code}` }
    if (!found.isFile() || found.size > mostBytes)
      return { text: undefined, problem: `${name} is no file of at most ${mostBytes} bytes` }
    const state = `${found.mtimeMs} ${found.size}`
    if (known?.state !== state) known = { state, read: readFile(file, 'utf8').then(checked) }
    return known.read
  }
}

function checked(text: string): BoundariesFile {
  try {
    const { success, error } = Atlas.safeParse(JSON.parse(text))
    return success ? { text, problem: undefined } : { text: undefined, problem: `${name}: ${z.prettifyError(error)}` }
  } catch {
    return { text: undefined, problem: `${name} is not JSON` }
  }
}

/** 200 with the office's own boundaries, 204 when it has none, 500 when they cannot be used. */
export async function serveBoundaries(
  context: Context,
  { read, warn }: { read: () => Promise<BoundariesFile | undefined>; warn: (problem: string) => void },
): Promise<Response> {
  const headers = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }
  const found = await read()
  if (found === undefined) return context.body(null, 204, headers)
  if (found.text !== undefined) return context.body(found.text, 200, { ...headers, 'content-type': 'application/json' })
  warn(found.problem!)
  return context.body(null, 500, headers)
}
