import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { defineFaults } from '#kernel/fault'
import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import type { MatchingIndex } from '#matching/name-index'
import { type SearchOptions, staleSelection } from '#matching/search'
import { mostReaders, SharedLock } from '#matching/shared-lock'

const fault = defineFaults({ 'matching/pool-closed': 'unavailable' })

/** What of a search crosses threads; who may be found goes by `among`. */
export type PoolOptions = Omit<SearchOptions, 'exclude'>

export interface PoolTask {
  readonly task: number
  readonly queries: readonly MatchEntity[]
  readonly options: PoolOptions
}

export type PoolAnswer =
  | { readonly task: number; readonly found: readonly (readonly Candidate[])[] }
  | { readonly task: number; readonly error: { readonly code: string | undefined; readonly message: string } }

/** Threads that search one index in shared memory, while its own thread goes on writing. */
export interface SearchPool {
  /** The candidates of every query, in order. Queries are handed to the threads in chunks. */
  search(queries: readonly MatchEntity[], options?: PoolOptions): Promise<readonly (readonly Candidate[])[]>
  readonly threads: number
  close(): Promise<void>
}

export interface PoolSettings {
  /** As many as the machine has processors, if not given. */
  readonly threads?: number
}

/** Queries sent to a thread at a time: enough that messages cost little, few enough that all threads have work. */
const chunkSize = 128
/** Chunks that a thread has in hand: with a second one it need not wait for the next while this thread is busy. */
const mostInHand = 2

interface Waiting {
  readonly resolve: (found: readonly (readonly Candidate[])[]) => void
  readonly reject: (error: unknown) => void
  readonly task: PoolTask
  readonly isSecondTry: boolean
}

/** Starts the threads. A thread that dies is replaced, and what it was at is done again once. */
export function createSearchPool(index: MatchingIndex, settings: PoolSettings = {}): SearchPool {
  return new Pool(index, Math.min(settings.threads ?? availableParallelism(), mostReaders))
}

class Pool implements SearchPool {
  readonly threads: number
  private readonly index: MatchingIndex
  private readonly workers: Worker[]
  /** By thread, what it has been given, in the order that it answers. */
  private readonly inHand: Waiting[][] = []
  private readonly queue: Waiting[] = []
  private tasks = 0
  private closed = false

  constructor(index: MatchingIndex, threads: number) {
    this.index = index
    this.threads = threads
    this.workers = Array.from({ length: threads }, (_, reader) => this.start(reader))
  }

  private start(reader: number): Worker {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), {
      workerData: { handle: this.index.handle, reader },
    })
    worker.on('message', (answer: PoolAnswer) => {
      const waiting = this.inHand[reader]!.shift()!
      if ('error' in answer) waiting.reject(faultOf(answer.error))
      else waiting.resolve(answer.found)
      this.hand()
    })
    worker.on('error', (error) => this.replace(reader, error))
    worker.on('exit', (code) => {
      if (!this.closed && this.workers[reader] === worker)
        this.replace(reader, new Error(`The thread ended with ${code}.`))
    })
    this.inHand[reader] = []
    worker.unref()
    return worker
  }

  private replace(reader: number, error: unknown): void {
    new SharedLock(this.index.handle.lock).free(reader)
    const [lost, ...others] = this.inHand[reader]!
    this.inHand[reader] = []
    if (this.closed) return
    this.workers[reader] = this.start(reader)
    this.queue.unshift(...others)
    if (lost?.isSecondTry) lost.reject(error)
    else if (lost !== undefined) this.give(reader, { ...lost, isSecondTry: true })
    this.hand()
  }

  /** Gives what waits to whoever has least in hand. */
  private hand(): void {
    const { inHand } = this
    while (this.queue.length > 0) {
      const least = Math.min(...inHand.map((it) => it.length))
      if (least >= mostInHand) return
      this.give(
        inHand.findIndex((it) => it.length === least),
        this.queue.shift()!,
      )
    }
  }

  private give(reader: number, waiting: Waiting): void {
    this.inHand[reader]!.push(waiting)
    this.workers[reader]!.ref()
    this.workers[reader]!.postMessage(waiting.task)
  }

  async search(queries: readonly MatchEntity[], options: PoolOptions = {}): Promise<readonly (readonly Candidate[])[]> {
    if (this.closed) throw fault('matching/pool-closed', 'The search pool is closed.')
    const chunks: Promise<readonly (readonly Candidate[])[]>[] = []
    for (let at = 0; at < queries.length; at += chunkSize) {
      const task = { task: ++this.tasks, queries: queries.slice(at, at + chunkSize), options }
      chunks.push(new Promise((resolve, reject) => this.queue.push({ resolve, reject, task, isSecondTry: false })))
    }
    this.hand()
    return (await Promise.all(chunks)).flat()
  }

  async close(): Promise<void> {
    this.closed = true
    for (const waiting of [...this.queue.splice(0), ...this.inHand.flat()]) {
      waiting.reject(fault('matching/pool-closed', 'The search pool was closed.'))
    }
    await Promise.all(this.workers.map((worker) => worker.terminate()))
  }
}

/** Faults lose their code on the way between threads. */
function faultOf({ code, message }: { readonly code: string | undefined; readonly message: string }): Error {
  return code === 'matching/stale-selection' ? staleSelection() : new Error(message)
}
