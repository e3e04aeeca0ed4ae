import { z } from 'zod'
import { rangeOf } from '#capabilities/documents/range'
import { countryByCode } from '#kernel/countries'
import { Instant } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'
import kinds from './kinds.json' with { type: 'json' }
import limits from './limits.json' with { type: 'json' }

/**
 * What a state declares of documents that it issued, and what is asked about one that was presented. Nothing in a declaration
 * is about the holder: who that is, its owner is asked.
 */

export const documentKinds = kinds.kinds.map((it) => it.id) as [string, ...string[]]
export const DocumentKind = z.enum(documentKinds)

/** What makes a document one to be stopped. */
export const statuses = ['stolen', 'lost', 'revoked', 'invalidated', 'blank-stolen'] as const
/** What ends that: it was found again, or it was declared in error. */
export const endings = ['recovered', 'removed'] as const
export const allStatuses = [...statuses, ...endings] as const
export type Status = (typeof allStatuses)[number]

export const CountryCode = z
  .string()
  .length(2)
  .refine((it) => countryByCode(it) === it, 'an ISO 3166-1 code of two lower-case letters')

const oneNumber = `[A-Z0-9]{1,${limits.numberLength}}`
export const DocumentNumber = z.string().regex(new RegExp(`^${oneNumber}$`), 'capital letters A to Z and digits')
/** Many numbers in one text, a space between them: millions of them travel, and lie, in as little as they need. */
const Numbers = z
  .string()
  .max(limits.entriesPerRecord * (limits.numberLength + 1))
  .regex(new RegExp(`^${oneNumber}(?: ${oneNumber})*$`), 'normalised numbers with one space between them')

const said = { kind: DocumentKind, status: z.enum(allStatuses), declaredAt: z.iso.date() }

export const DeclaredGroup = z.strictObject({ ...said, numbers: Numbers })
export type DeclaredGroup = z.infer<typeof DeclaredGroup>

/** Numbers in a row, such as those of blanks from one box: of the same length and beginning, both ends included. */
export const DeclaredRange = z
  .strictObject({ ...said, from: DocumentNumber, to: DocumentNumber })
  .refine(({ from, to }) => rangeOf(from, to) !== null, 'both ends begin alike, are as long, and count upwards')
export type DeclaredRange = z.infer<typeof DeclaredRange>

export const Declaration = z
  .strictObject({
    /** ISO 3166-1 alpha-2, lower case: the country of the member that declares. */
    issuer: CountryCode,
    groups: z.array(DeclaredGroup).max(limits.groupsPerRecord),
    ranges: z.array(DeclaredRange).max(limits.rangesPerRecord),
  })
  .superRefine(({ groups, ranges }, context) => {
    const count = countNumbers(groups)
    if (count + ranges.length === 0) context.addIssue({ code: 'custom', message: 'a declaration names a document' })
    if (count > limits.entriesPerRecord)
      context.addIssue({ code: 'custom', path: ['groups'], message: `at most ${limits.entriesPerRecord} documents` })
  })
export type Declaration = z.infer<typeof Declaration>

export function numbersOf({ numbers }: DeclaredGroup): string[] {
  return numbers.split(' ')
}

function countNumbers(groups: readonly DeclaredGroup[]): number {
  let count = 0
  for (const { numbers } of groups) {
    count++
    for (let at = numbers.indexOf(' '); at !== -1; at = numbers.indexOf(' ', at + 1)) count++
  }
  return count
}

/** How many documents it declares, by status. */
export function countsOf({ groups, ranges }: Pick<Declaration, 'groups' | 'ranges'>): Partial<Record<Status, number>> {
  const counts: Partial<Record<Status, number>> = {}
  for (const it of groups) counts[it.status] = (counts[it.status] ?? 0) + countNumbers([it])
  for (const it of ranges) counts[it.status] = (counts[it.status] ?? 0) + rangeOf(it.from, it.to)!.count
  return counts
}

export const declarationKind: RecordKind<Declaration> = {
  type: 'document-declaration',
  schema: 1,
  Body: Declaration,
  caption: (body) =>
    `${body.issuer.toUpperCase()}: ${Object.entries(countsOf(body))
      .map(([status, count]) => `${status} ${count}`)
      .join(', ')}`,
}

const Text = z.string().trim().min(3).max(2_000)

/** A document that was presented, and what is asked of the state that declared it. */
export const DocumentQuestion = z.strictObject({
  document: z.strictObject({ number: DocumentNumber, issuer: CountryCode, kind: DocumentKind }),
  /** As the finder saw it; null when only a number that looks alike is declared. */
  declared: z.strictObject({ status: z.enum(allStatuses), declaredAt: z.iso.date() }).nullable(),
  where: z.strictObject({ country: CountryCode.nullable(), place: z.string().trim().min(2).max(200) }),
  seenAt: Instant,
  /** Whether the bearer waits for the answer. */
  waiting: z.boolean(),
  asked: Text,
  /** What was told after the owner had asked for more. */
  more: z.array(z.strictObject({ at: Instant, text: Text })).max(20),
  dueAt: Instant,
  dueRule: z.string().max(100),
})
export type DocumentQuestion = z.infer<typeof DocumentQuestion>

export const outcomes = [
  'confirmed-stolen',
  'genuine-holder',
  'recovered',
  'error-corrected',
  'more-information',
] as const
/** What the owner says only with a declaration of its own that says the same. */
export const declaredOutcomes = { recovered: 'recovered', 'error-corrected': 'removed' } as const

export const DocumentAnswer = z
  .strictObject({
    question: RecordIdText,
    outcome: z.enum(outcomes),
    note: Text,
    /** The owner's declaration that says the same, for all who hold the one before. */
    declaration: RecordIdText.nullable(),
    late: z.boolean(),
  })
  .refine(({ outcome, declaration }) => Object.hasOwn(declaredOutcomes, outcome) === (declaration !== null), {
    path: ['declaration'],
    message: 'recovered and error-corrected come with a declaration, the others without',
  })
export type DocumentAnswer = z.infer<typeof DocumentAnswer>

export const DocumentFeedback = z.strictObject({ question: RecordIdText, done: Text, at: Instant })
export type DocumentFeedback = z.infer<typeof DocumentFeedback>

export const questionKind: RecordKind<DocumentQuestion> = {
  type: 'document-question',
  schema: 1,
  Body: DocumentQuestion,
  caption: ({ document }) => `${document.issuer.toUpperCase()} ${document.number}`,
}
export const answerKind: RecordKind<DocumentAnswer> = {
  type: 'document-answer',
  schema: 1,
  Body: DocumentAnswer,
  caption: ({ outcome }) => outcome,
}
export const feedbackKind: RecordKind<DocumentFeedback> = {
  type: 'document-feedback',
  schema: 1,
  Body: DocumentFeedback,
  caption: ({ done }) => done.slice(0, 120),
}
