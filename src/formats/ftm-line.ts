import { formatLimits, type Rejection, rejection } from '#formats/faults'
import { isProtected } from '#formats/protected-characteristics'
import { plainText, textParts } from '#formats/text'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'

/** A FollowTheMoney entity of any schema, as OpenSanctions publishes it, without protected characteristics. */
export interface RawEntity {
  readonly id: string
  readonly schema: string
  readonly caption: string
  /** Whether it is itself on a list and not only beside somebody who is; null where the file does not say. */
  readonly target: boolean | null
  readonly properties: Readonly<Record<string, readonly string[]>>
}

/** The object of one line, or why it is none. */
export function parseFtmLine(text: string, line: number): Record<string, unknown> | Rejection {
  let value: unknown
  try {
    value = parseJson(text, { bytes: formatLimits.line, depth: formatLimits.depth })
  } catch (cause) {
    if (isFault(cause)) return rejection(`line ${line}`, 'formats/wrong-json', cause.message)
    throw cause
  }
  return isObject(value) ? value : rejection(`line ${line}`, 'formats/wrong-shape', 'The line is not an object.')
}

export function readRawEntity(value: unknown, line: number): RawEntity | Rejection {
  const reject = (reason: string) => rejection(`line ${line}`, 'formats/wrong-shape', reason)
  if (!isObject(value)) return reject('The entity is not an object.')
  const { id, schema, caption, target, properties = {} } = value
  if (typeof id !== 'string' || id === '' || id.length > 255 || typeof schema !== 'string')
    return reject('The line is not an object with an id and a schema.')
  if (!isObject(properties)) return reject('The properties are not an object.')
  const taken: Record<string, string[]> = {}
  for (const [property, values] of Object.entries(properties)) {
    if (!Array.isArray(values) || values.some((it) => typeof it !== 'string'))
      return reject(`The property '${plainText(property, 64)}' is not a list of texts.`)
    if (!isProtected(property)) taken[plainText(property, 64)] = (values as string[]).flatMap((it) => textParts(it))
  }
  return {
    id,
    schema,
    caption: typeof caption === 'string' ? plainText(caption, formatLimits.name) : '',
    target: typeof target === 'boolean' ? target : null,
    properties: taken,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
