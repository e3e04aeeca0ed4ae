import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiClient } from '#node/api-client'
import { exerciseMembers } from '#node/exercise-members'
import { story as recordsStory } from '#node/exercise-story'
import { launchFederation } from '#node/launch'
import { noticeStory } from '#node/notice-story'

/** The trail is verified, and tampered with, at the end of everything. */
const story = [...recordsStory.slice(0, -2), ...noticeStory, ...recordsStory.slice(-2)]

export interface ExerciseOptions {
  readonly json: boolean
}

interface Outcome {
  readonly step: number
  readonly name: string
  readonly held: boolean
  readonly milliseconds: number
  readonly outcome: string
}

/** Plays the story on temporary nodes through the public API. Returns how many steps did not hold. */
export async function runExercise({ json }: ExerciseOptions): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'comity-exercise-'))
  const outcomes: Outcome[] = []
  const report = (it: Outcome) => {
    outcomes.push(it)
    if (json) console.log(JSON.stringify(it))
    else
      console.log(
        `${it.held ? '✓' : '✗'} ${String(it.step).padStart(2)}  ${it.name}\n      ${it.outcome}  [${it.milliseconds} ms]`,
      )
  }
  try {
    if (!json) console.log('EXERCISE. All people, companies and events are invented.\n')
    const members = exerciseMembers.map((it) => ({ ...it, port: 0 }))
    await using federation = await launchFederation({
      root,
      name: 'Comity exercise',
      members,
      databaseUrl: process.env.DATABASE_URL,
    })
    const plot = { federation, api: apiClient(federation), patienceMilliseconds: 10_000, ids: {} }
    for (const [at, { name, play }] of story.entries()) {
      const started = performance.now()
      const result = await play(plot).then(
        (outcome) => ({ held: true, outcome }),
        (cause: unknown) => ({ held: false, outcome: cause instanceof Error ? cause.message : String(cause) }),
      )
      report({ step: at + 1, name, milliseconds: Math.round(performance.now() - started), ...result })
      if (!result.held) break
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  const failed = story.length - outcomes.filter((it) => it.held).length
  if (json) console.log(JSON.stringify({ exercise: true, steps: story.length, held: story.length - failed, failed }))
  else
    console.log(
      failed === 0 ? `\nAll ${story.length} steps held.` : `\n${failed} of ${story.length} steps did not hold.`,
    )
  return failed
}
