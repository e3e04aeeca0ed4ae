import { z } from 'zod'
import data from './limits.json' with { type: 'json' }

const Limit = z.strictObject({
  value: z.number().int().min(1),
  what: z.string(),
  source: z.string(),
  verified: z.boolean(),
})

/** How long, how large and how many (`limits.json`): days, bytes of canonical JSON, drafts of one person. */
export const draftLimits = z.strictObject({ keptDays: Limit, contentBytes: Limit, perPerson: Limit }).parse(data)
