import { formatLimits } from '#formats/faults'
import { readLines } from '#formats/lines'
import type { Chunks } from '#formats/text'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'

/** Lines of JSON objects, such as exports of customer systems are: their members are the columns. */

export type ReadObject =
  | { readonly line: number; readonly value: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly value: undefined; readonly code: string }

/** Between several values of one member. */
export const valueJoint = '; '

/** A line that is no object comes out with its reason, and the next is read. */
export async function* readObjects(chunks: Chunks): AsyncGenerator<ReadObject> {
  for await (const { line, text } of readLines(chunks)) {
    if (text === null) yield { line, value: undefined, code: 'batches/too-long' }
    else yield readObject(text, line)
  }
}

function readObject(text: string, line: number): ReadObject {
  try {
    const value: unknown = parseJson(text, { bytes: formatLimits.line, depth: formatLimits.depth })
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, value: value as Record<string, unknown> }
    return { line, value: undefined, code: 'formats/wrong-shape' }
  } catch (cause) {
    if (isFault(cause)) return { line, value: undefined, code: 'formats/wrong-json' }
    throw cause
  }
}

export function objectHeaders({ value }: ReadObject): string[] {
  return value === undefined ? [] : Object.keys(value).filter((it) => it.trim() !== '' && it.length <= 200)
}

/** The members under these headers as cells of a table; several values of one member stand behind each other. */
export function objectRow({ value }: ReadObject, headers: readonly string[]): string[] {
  return headers.map((it) => {
    if (value === undefined || !Object.hasOwn(value, it)) return ''
    const member = value[it]
    return (Array.isArray(member) ? member : [member]).filter(isScalar).map(String).join(valueJoint)
  })
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
