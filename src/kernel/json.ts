import { defineFaults } from '#kernel/fault'

const fault = defineFaults({
  'json/too-large': 'too-large',
  'json/too-deep': 'invalid',
  'json/malformed': 'invalid',
})

export interface JsonLimits {
  readonly bytes: number
  readonly depth: number
}

export const defaultJsonLimits: JsonLimits = { bytes: 1_048_576, depth: 32 }

/**
 * Parses JSON that came from outside. Size and nesting are checked on the text, before the parser builds anything
 * (protocol point 13). Throws `json/too-large`, `json/too-deep` or `json/malformed`. A `__proto__` key is refused, and so are
 * U+0000 and lone surrogates, which PostgreSQL's jsonb cannot hold: what passes here can be stored.
 */
export function parseJson(text: string, limits: JsonLimits = defaultJsonLimits): unknown {
  if (text.length > limits.bytes || Buffer.byteLength(text) > limits.bytes) {
    throw fault('json/too-large', `The text is longer than ${limits.bytes} bytes.`, {
      details: { limit: limits.bytes },
    })
  }
  checkDepth(text, limits.depth)
  try {
    return suspicious.test(text) ? JSON.parse(text, refuseSuspicious) : JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw fault('json/malformed', 'The text is not JSON.', { cause })
    throw cause
  }
}

/** Texts that may spell what is refused, by escapes too. Only they pay for the visit of every member. */
const suspicious = /__proto__|\\u00(?:00|5f|6f|7[024])|\\ud[89a-f]/i

function refuseSuspicious(key: string, value: unknown): unknown {
  if (key === '__proto__') throw fault('json/malformed', 'A member named __proto__ is refused.')
  if (!isStorable(key) || (typeof value === 'string' && !isStorable(value)))
    throw fault('json/malformed', 'A text with U+0000 or half of a surrogate pair is refused.')
  return value
}

/** Whether PostgreSQL can hold a text, or a value with all the texts in it: no U+0000, no half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}

function checkDepth(text: string, limit: number): void {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (inString) {
      if (unit === 0x5c) index++
      else if (unit === 0x22) inString = false
    } else if (unit === 0x22) inString = true
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > limit) {
        throw fault('json/too-deep', `The text nests deeper than ${limit} levels.`, { details: { limit } })
      }
    } else if (unit === 0x7d || unit === 0x5d) depth--
  }
}
