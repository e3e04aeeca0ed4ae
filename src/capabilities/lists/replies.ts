import { z } from 'zod'
import type { DownloadRow } from '#capabilities/lists/download-store'
import { changeKinds, type ImportRow, type ListChange } from '#capabilities/lists/imports'
import { type Progress, progressOf } from '#capabilities/lists/job'
import type { Services } from '#http/services'

export const Report = z.object({
  list: z.string(),
  generatedAt: z.string().nullable(),
  entries: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  counts: z.record(z.string(), z.number()),
  rejected: z.array(z.object({ where: z.string(), code: z.string(), reason: z.string() })),
  seconds: z.number(),
})

export const ImportReply = z.object({
  id: z.string(),
  list: z.string(),
  state: z.enum(['running', 'done', 'failed', 'interrupted']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  by: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  files: z.array(z.object({ part: z.string(), bytes: z.number(), sha256: z.string() })),
  report: Report.nullable(),
  problem: z.object({ code: z.string(), title: z.string(), rule: z.string().nullable() }).nullable(),
  /** Why a supervisor had it imported against the checks. */
  forced: z.string().nullable(),
  version: z.number().nullable(),
  /** Bytes read, or entries written or withdrawn, since the stage began; null when it does not run. */
  progress: z
    .object({
      stage: z.enum(['reading', 'writing', 'withdrawing']),
      done: z.number(),
      total: z.number(),
      since: z.string(),
      /** Of the same, a second, since the stage began. */
      rate: z.number(),
    })
    .nullable(),
})
export type ImportReply = z.infer<typeof ImportReply>

export function importReply(row: ImportRow, services: Services): ImportReply {
  const { id, list, state, started_at, ended_at, by_id, by_name, files, report, problem } = row
  const progress: Progress | null = state === 'running' ? progressOf(services, list, id) : null
  return {
    id,
    list,
    state,
    startedAt: started_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    by: by_id === null ? null : { id: by_id, name: by_name },
    files: [...files],
    report: report === null ? null : { ...report, counts: { ...report.counts }, rejected: [...report.rejected] },
    problem,
    forced: row.forced,
    version: row.version,
    progress: progress && { ...progress, rate: rateOf(progress) },
  }
}

/** The first moments of a stage tell nothing of its rate. */
function rateOf({ done, since }: Progress): number {
  const seconds = (Date.now() - Date.parse(since)) / 1_000
  return seconds < 0.25 ? 0 : done / seconds
}

export const ChangeReply = z.object({
  ref: z.string(),
  change: z.enum(changeKinds),
  record: z.string(),
  version: z.number(),
  caption: z.string(),
  /** What of a changed entry is different; empty for what is new and for what left. */
  fields: z.array(z.object({ field: z.string(), before: z.array(z.string()), after: z.array(z.string()) })),
})

export function changeReply(
  { ref, change, record, version }: ListChange,
  caption: string,
  fields: readonly { field: string; before: readonly string[]; after: readonly string[] }[],
): z.infer<typeof ChangeReply> {
  return {
    ref,
    change,
    record,
    version,
    caption,
    fields: fields.map((it) => ({ field: it.field, before: [...it.before], after: [...it.after] })),
  }
}

export const DownloadReply = z.object({
  askedAt: z.string().nullable(),
  /** When something new was last imported from there. */
  changedAt: z.string().nullable(),
  nextAt: z.string().nullable(),
  outcome: z.enum(['same', 'imported', 'refused', 'failed', 'waiting']).nullable(),
  /** In a row. */
  failures: z.number(),
  problem: z.object({ code: z.string(), title: z.string(), rule: z.string().nullable() }).nullable(),
  import: z.string().nullable(),
})

export function downloadReply(row: DownloadRow | undefined): z.infer<typeof DownloadReply> {
  return {
    askedAt: row?.asked_at?.toISOString() ?? null,
    changedAt: row?.changed_at?.toISOString() ?? null,
    nextAt: row?.next_at.toISOString() ?? null,
    outcome: row?.outcome ?? null,
    failures: row?.failures ?? 0,
    problem: row?.problem ?? null,
    import: row?.import ?? null,
  }
}
