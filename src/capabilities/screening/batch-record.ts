import { z } from 'zod'
import { meanings } from '#capabilities/screening/batch-meanings'
import { EvidenceLine } from '#capabilities/screening/evidence-lines'
import { StatedList } from '#capabilities/screening/stated-list'
import { nodeSchemata } from '#protocol/vocabulary'

/** A file that a person hands in to be screened row by row, and how far that is. What the API says of it. */

/**
 * `waiting`: handed in, its columns not yet settled. `running` may be `paused` and goes on; `done`, `cancelled` and `failed`
 * are ends, after which the file is gone and the rows that were screened are kept until they are purged.
 */
export const batchStates = ['waiting', 'running', 'paused', 'done', 'cancelled', 'failed'] as const
export const BatchState = z.enum(batchStates)
export type BatchState = z.infer<typeof BatchState>

/** What became of a row: its strongest match, none, or that it could not be read. */
export const rowBands = ['alert', 'review', 'none', 'unread'] as const
export const RowBand = z.enum(rowBands)
export type RowBand = z.infer<typeof RowBand>

/** `entities` are FollowTheMoney lines; `objects` lines with members as columns. */
export const fileFormats = ['csv', 'entities', 'objects'] as const

export const Survey = z.object({
  format: z.enum(fileFormats),
  encoding: z.enum(['utf-8', 'latin-1']),
  headers: z.array(z.string()),
  /** What each header says, where it is known. */
  guesses: z.array(z.enum(meanings as readonly [string, ...string[]]).nullable()),
  /** The first rows as they stand. */
  sample: z.array(z.array(z.string())),
  rows: z.number(),
})
export type Survey = z.infer<typeof Survey>

export const ReadingChoice = z.object({
  /** The meaning of each column by its header; null leaves it out. For `entities` nothing is to be settled. */
  columns: z
    .record(z.string().max(200), z.enum(meanings as readonly [string, ...string[]]).nullable())
    .refine((it) => Object.keys(it).length <= 1_000, 'more than 1,000 columns')
    .default({}),
  /** Of rows that do not say one. */
  schema: z.enum(nodeSchemata).default('Person'),
  /** How 03/04/1971 is written; null screens it both ways. */
  dateOrder: z.enum(['dmy', 'mdy']).nullable().default(null),
})
export type ReadingChoice = z.infer<typeof ReadingChoice>

export const Watch = z.object({
  /** Who keeps it, by the id of the person; whether that is the one who asks. */
  by: z.string(),
  mine: z.boolean(),
  purpose: z.string(),
  reference: z.string(),
  begunAt: z.string(),
  until: z.string(),
  /** Null while it runs and after its day. */
  endedAt: z.string().nullable(),
  /** Code of the fault that ended it. */
  problem: z.string().nullable(),
  /** Matches that were added and that the keeper has not yet said to have seen. */
  unseen: z.number(),
  foundAt: z.string().nullable(),
})

export const BatchReply = z.object({
  id: z.string(),
  name: z.string(),
  state: BatchState,
  /** Who handed it in, by the id of the person; whether that is the one who asks. */
  by: z.string(),
  mine: z.boolean(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  /** When file and results are purged. */
  keptUntil: z.string(),
  purpose: z.string(),
  reference: z.string(),
  rows: z.number(),
  done: z.number(),
  counts: z.record(RowBand, z.number()),
  /** Rows a second so far, null before the first. */
  rate: z.number().nullable(),
  /** Code of the fault that ended it. */
  problem: z.string().nullable(),
  /** Its rows are compared with what changes on the lists; null when nobody ever asked for that. */
  watch: Watch.nullable(),
})
export type BatchReply = z.infer<typeof BatchReply>

export const BatchMatch = z.object({
  record: z.string(),
  caption: z.string(),
  owner: z.string(),
  group: z.enum(['own', 'others', 'lists']),
  dataset: z.string(),
  /** With the version that was in force when the file was screened, or with which a watch found it. */
  list: StatedList.nullable(),
  /** The version that was met, and the one that is held now. */
  version: z.number(),
  newest: z.number(),
  score: z.number(),
  lines: z.array(EvidenceLine),
  /** Of what a watch added: when, and with which version of the list. Null for what the screening of the file found. */
  later: z.object({ at: z.string(), version: z.number().nullable() }).nullable(),
  /** Open possible matches of this record, where a decision is made. */
  candidates: z.array(z.string()),
})
export type BatchMatch = z.infer<typeof BatchMatch>

const Doubt = z.object({ code: z.string(), property: z.string(), value: z.string() })

export const BatchRow = z.object({
  at: z.number(),
  /** The line of the file on which it begins. */
  line: z.number(),
  reference: z.string().nullable(),
  name: z.string(),
  schema: z.string().nullable(),
  properties: z.record(z.string(), z.array(z.string())),
  band: RowBand,
  /** Why it could not be read. */
  rejected: z.string().nullable(),
  doubts: z.array(Doubt),
  matches: z.array(BatchMatch),
  /** How many matches were found and are no longer there: taken back, or not for this reader. */
  gone: z.number(),
})
export type BatchRow = z.infer<typeof BatchRow>
