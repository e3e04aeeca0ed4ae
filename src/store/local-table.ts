import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

interface LocalTable<T> {
  readonly name: string
  readonly Schema: z.ZodType<T>
  /** The fault of who needs it: a node with a table that cannot be read does not start. */
  readonly refuse: (message: string, cause?: unknown) => Error
}

/** A table that an operator puts into the data directory in place of the one that comes with the program; undefined without one. */
export function readLocalTable<T>(dataDirectory: string, { name, Schema, refuse }: LocalTable<T>): T | undefined {
  const file = join(dataDirectory, name)
  if (!existsSync(file)) return undefined
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw refuse(`${file} is not JSON.`, cause)
  }
  const parsed = Schema.safeParse(json)
  if (!parsed.success) throw refuse(`${file} cannot be used: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
