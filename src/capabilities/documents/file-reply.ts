import { z } from 'zod'
import { type FileRow, fileStates } from '#capabilities/documents/file-store'

export const FileReply = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  state: z.enum(fileStates),
  /** The columns that were recognised, by their place from 0. */
  columns: z.record(z.string(), z.number()),
  rows: z.number(),
  done: z.number(),
  declared: z.number(),
  unchanged: z.number(),
  records: z.number(),
  refused: z.record(z.string(), z.number()),
  problem: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})

export const Problems = z.array(z.object({ line: z.number(), problem: z.string() }))

export function fileReply(row: FileRow): z.infer<typeof FileReply> {
  const { id, name, sha256, bytes, state, columns, rows, done, declared, unchanged, records, refused, problem } = row
  return {
    id,
    name,
    sha256,
    bytes: Number(bytes),
    state,
    columns: columns as Record<string, number>,
    rows,
    done,
    declared,
    unchanged,
    records,
    refused: refused as Record<string, number>,
    problem,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
