import { z } from 'zod'
import type { FourEyesRule } from '#policy/four-eyes'

/** A rule that asks for a second person, with where it comes from. */
export const AskingRule = z.object({ id: z.string(), text: z.string(), source: z.string(), verified: z.boolean() })

export function askingRules(rules: readonly FourEyesRule[]): z.infer<typeof AskingRule>[] {
  return rules.map(({ id, text, source, verified }) => ({ id, text, source, verified }))
}

const Because = z.object({ rule: z.string(), text: z.string() })

/** What one member would get: nothing and why, or all but what a rule withholds. */
export const PreviewReply = z.object({
  member: z.string(),
  permit: z.boolean(),
  because: z.array(Because),
  withheld: z.array(Because.extend({ pointer: z.string() })),
})
