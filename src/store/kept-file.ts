import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from 'pino'

/**
 * A file beside the database that spares a start what it would have to work out from the store. It is never needed: one that is
 * missing or cannot be used costs time, and nothing else.
 */
export interface KeptFile {
  /** Undefined when there is none, or `load` throws. */
  read<T>(load: (path: string) => Promise<T>): Promise<T | undefined>
  /** Whether it was written. */
  write(save: (path: string) => Promise<unknown>): Promise<boolean>
  /** What was erased must not stay on disk until the file is next written. */
  drop(): Promise<void>
}

/** `what` names it in the log. */
export function keptFile(path: string, { log, what }: { readonly log: Logger; readonly what: string }): KeptFile {
  return {
    async read(load) {
      try {
        return await load(path)
      } catch (err) {
        if ((err as NodeJS.ErrnoException).code !== 'ENOENT')
          log.warn({ err, file: path }, `the kept ${what} cannot be used; it is made anew from the store`)
        return undefined
      }
    },
    async write(save) {
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await save(path)
        return true
      } catch (err) {
        log.warn({ err, file: path }, `the ${what} could not be kept`)
        return false
      }
    },
    async drop() {
      await Promise.all([path, `${path}.new`].map((it) => rm(it, { force: true })))
    },
  }
}
