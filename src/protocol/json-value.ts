import { z } from 'zod'
import type { Json } from '#kernel/canonical'

/**
 * Members that are whatever their owner put there. They came out of the JSON parser, or went through the canonical form, so
 * they are JSON, and what is signed over is their canonical form: walking every member once more, as `z.json()` does, cost
 * more than signing.
 */
export const JsonValue = z.custom<Json>((value) => value !== undefined, 'not JSON')

export const JsonObject = z.custom<Record<string, Json>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not a JSON object',
)
