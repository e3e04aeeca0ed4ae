import { parentPort, workerData } from 'node:worker_threads'
import { type IndexHandle, openIndex } from '#matching/name-index'
import type { PoolAnswer, PoolTask } from '#matching/search-pool'

/** One thread of a search pool: answers tasks with the candidates of each query, in order. */
const { handle, reader } = workerData as { readonly handle: IndexHandle; readonly reader: number }
const index = openIndex(handle, reader)

parentPort!.on('message', ({ task, queries, options }: PoolTask) => {
  let answer: PoolAnswer
  try {
    answer = { task, found: queries.map((query) => index.search(query, options)) }
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    answer = { task, error: { code, message } }
  }
  parentPort!.postMessage(answer)
})
