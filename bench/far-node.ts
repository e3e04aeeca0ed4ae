import { readCandidate } from '#capabilities/screening/store'
import type { Subject } from '#capabilities/subjects/record'
import { recordSubject } from '#capabilities/subjects/rules'
import { readConfig } from '#node/config'
import { openNode } from '#node/open-node'
import type { CandidateSeen } from './pair.ts'
import { headerAt, officerOf } from './pair.ts'

/** The far node of a pair, as a process. Ends with the channel to the process that started it. */

process.on('disconnect', () => void stop())
process.on('SIGINT', () => undefined) // the channel says when to end

const node = await openNode(readConfig(process.argv[2]!))
const { store } = node.services

store.onCommit(({ feed }) => {
  const at = String(process.hrtime.bigint())
  for (const { type, id } of feed) if (type === 'candidate') void tell(id, at)
})

process.on('message', async (subjects: Subject[]) => {
  const now = store.clock.now()
  const work = { caller: officerOf(node), now }
  await Promise.all(
    subjects.map((body) => store.commit(recordSubject({ handling: headerAt(now), body, marks: {} }, work).change)),
  )
  process.send?.({ recorded: subjects.length })
})

process.send?.({ ready: true })

async function tell(id: string, at: string): Promise<void> {
  const row = await readCandidate(store, id)
  if (row?.state === 'open') process.send?.({ theirs: row.theirs, at } satisfies CandidateSeen)
}

async function stop(): Promise<void> {
  await node[Symbol.asyncDispose]()
  process.exit()
}
