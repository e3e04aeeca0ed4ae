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
 * (protocol point 13). Throws `json/too-large`, `json/too-deep` or `json/malformed`. A `__proto__` key is refused.
 */
export function parseJson(text: string, limits: JsonLimits = defaultJsonLimits): unknown {
  if (text.length > limits.bytes) {
    throw fault('json/too-large', `The text is longer than ${limits.bytes} bytes.`, {
      details: { limit: limits.bytes },
    })
  }
  checkDepth(text, limits.depth)
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw fault('json/malformed', 'A member named __proto__ is refused.')
      return value
    })
  } catch (cause) {
    if (cause instanceof SyntaxError) throw fault('json/malformed', 'The text is not JSON.', { cause })
    throw cause
  }
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
