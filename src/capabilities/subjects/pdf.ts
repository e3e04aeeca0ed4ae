import { Worker } from 'node:worker_threads'
import type { Subject } from '#capabilities/subjects/record'
import { fault } from '#capabilities/subjects/rules'
import type { RecordView } from '#store/reader'

/** What a document is made of: a record as its reader may see it, and who asked for it, why and when. */
export interface PdfInput {
  readonly record: Pick<
    RecordView<Subject>,
    'id' | 'version' | 'owner' | 'issuedAt' | 'state' | 'caption' | 'hash' | 'handling' | 'marks' | 'body'
  >
  readonly language: PdfLanguage
  readonly exercise: boolean
  readonly printed: {
    readonly by: string
    readonly office: string
    readonly at: string
    readonly purpose: string
    readonly reference: string
  }
  /** Names of members by id, and captions of related records by id. */
  readonly names: Readonly<Record<string, string>>
}

export const pdfLanguages = ['en', 'fr', 'es', 'ar'] as const
export type PdfLanguage = (typeof pdfLanguages)[number]

const longestMilliseconds = 60_000
const memoryMegabytes = 384

let last: Promise<unknown> = Promise.resolve()

/**
 * The document as bytes. It is made in a thread of its own, one at a time, which ends with it: the node keeps neither the library nor
 * its memory, and answers others meanwhile. Throws `subjects/pdf-failed` when it takes too long or too much.
 */
export function makePdf(input: PdfInput): Promise<Uint8Array> {
  const made = last.then(() => runWorker(input))
  last = made.catch(() => undefined)
  return made
}

function runWorker(input: PdfInput): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
    })
    const refuse = (cause?: unknown) => {
      clearTimeout(timer)
      void worker.terminate()
      reject(
        fault('subjects/pdf-failed', 'The document could not be made: it takes too long or too much memory.', {
          cause,
        }),
      )
    }
    const timer = setTimeout(refuse, longestMilliseconds)
    worker.once('message', (bytes: Uint8Array) => {
      clearTimeout(timer)
      resolve(bytes)
      void worker.terminate()
    })
    worker.once('error', refuse)
    worker.once('exit', () => refuse())
  })
}
