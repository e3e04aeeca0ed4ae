import { z } from 'zod'

/** What a person has begun to write and not sent: theirs alone, no record, seen by nobody else. */

/** The form that it belongs to and, behind a colon, which one of that form: `message:3f2a…`, `message-answer:rec_…`. */
export const DraftKey = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z-]{0,39}:[a-z0-9_.-]{1,79}$/)

/** The form alone. */
export const DraftKind = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z-]*$/)

/** As the form holds it. What it means is the form's business; the node only keeps it. */
export const DraftContent = z.record(z.string().max(100), z.json())
export type DraftContent = z.infer<typeof DraftContent>

export const kindOf = (key: string): string => key.slice(0, key.indexOf(':'))
