import { fault, formatLimits, type Rejection, type RejectionCode, rejection } from '#formats/faults'
import { readLines } from '#formats/lines'
import { addValue } from '#formats/list-entry'
import { type Chunks, plainText, textParts } from '#formats/text'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import { FtmEntity } from '#protocol/ftm-entity'
import { hasProperty, type SchemaName, schemata } from '#protocol/vocabulary'

export type FtmItem =
  | {
      readonly kind: 'entity'
      readonly line: number
      readonly entity: FtmEntity
      /** Properties that the line has and the vocabulary leaves out, protected characteristics among them. */
      readonly ignored: readonly string[]
    }
  | Rejection

/**
 * Reads FollowTheMoney entities as JSON lines, the shape in which OpenSanctions publishes (entities.ftm.json). Members other
 * than id, schema, caption and properties are left out. A line is rejected alone when it is too long, no JSON, of another
 * shape, or of a schema that the vocabulary does not have (Sanction, Occupancy, …). Throws `formats/not-ftm-json` when the
 * file does not begin with an object, and `formats/truncated` when it ends inside one.
 */
export async function* readFtmJson(chunks: Chunks): AsyncGenerator<FtmItem> {
  let first = true
  for await (const { line, text, ended } of readLines(chunks)) {
    if (first && text?.startsWith('{') !== true) {
      throw fault('formats/not-ftm-json', 'The file does not begin with a JSON object.')
    }
    first = false
    const item = text === null ? tooLong(line) : readLine(text, line)
    if (!ended && item.kind === 'rejected' && item.code === 'formats/wrong-json') {
      throw fault('formats/truncated', 'The file ends inside a line.', { details: { line } })
    }
    yield item
  }
}

function tooLong(line: number): Rejection {
  return rejection(`line ${line}`, 'formats/wrong-shape', `The line is longer than ${formatLimits.line} characters.`)
}

function readLine(text: string, line: number): FtmItem {
  const reject = (code: RejectionCode, reason: string) => rejection(`line ${line}`, code, reason)
  let value: unknown
  try {
    value = parseJson(text, { bytes: formatLimits.line, depth: formatLimits.depth })
  } catch (cause) {
    if (isFault(cause)) return reject('formats/wrong-json', cause.message)
    throw cause
  }
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.schema !== 'string') {
    return reject('formats/wrong-shape', 'The line is not an object with an id and a schema.')
  }
  if (!Object.hasOwn(schemata, value.schema)) {
    return reject('formats/unknown-schema', `The schema '${plainText(value.schema, 64)}' is not in the vocabulary.`)
  }
  const schema = value.schema as SchemaName
  const taken = takeProperties(value.properties ?? {}, schema)
  if (taken === null) return reject('formats/wrong-shape', 'A property is not a list of texts.')
  const caption = typeof value.caption === 'string' ? plainText(value.caption, formatLimits.name) : ''
  const checked = FtmEntity.safeParse({
    id: value.id,
    schema,
    ...(caption === '' ? {} : { caption }),
    properties: taken.properties,
  })
  if (!checked.success) return reject('formats/wrong-shape', checked.error.issues[0]?.message ?? 'Not an entity.')
  return { kind: 'entity', line, entity: checked.data, ignored: taken.ignored }
}

function takeProperties(value: unknown, schema: SchemaName) {
  if (!isObject(value)) return null
  const properties: Record<string, string[]> = {}
  const ignored: string[] = []
  for (const [property, values] of Object.entries(value)) {
    if (!Array.isArray(values) || values.some((it) => typeof it !== 'string')) return null
    if (!hasProperty(schema, property)) ignored.push(plainText(property, 64))
    else for (const text of values as string[]) for (const part of textParts(text)) addValue(properties, property, part)
  }
  return { properties, ignored }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
