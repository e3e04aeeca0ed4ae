import { expect } from 'vitest'
import type { AskNode } from '#capabilities/exercise/asking'
import { playStep } from '#capabilities/exercise/play'
import type { Played } from '#capabilities/exercise/playing'
import { doneSteps, standingOf } from '#capabilities/exercise/progress'
import { readSeen, type Seen } from '#capabilities/exercise/seen'
import { type StepId, type Tale, type TaleId, type TaleStep, taleOf } from '#capabilities/exercise/tales'
import { ask } from './api-kit.ts'
import type { Stage } from './stage-kit.ts'

/** Asks as a page of the console does, with the rights of one account. */
function askAs(stage: Stage, { office, username }: Pick<TaleStep, 'office' | 'username'>, work: Tale['work']) {
  return (purpose: string): AskNode =>
    async (path, { method = 'GET', body, file } = {}) => {
      const { status, json } = await ask(stage.port(office), path, {
        method,
        token: stage.token(office, username),
        headers: {
          'comity-purpose': purpose,
          'comity-reference': work.reference,
          ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        },
        ...(file !== undefined ? { raw: file } : body === undefined ? {} : { body }),
      })
      if (status >= 400) throw Object.assign(new Error(json.title), { ...json, status })
      return json
    }
}

interface Playing {
  /** The round that goes on; the first step of a story begins one. */
  readonly run?: string
  readonly from?: StepId
  /** The last step to be played. */
  readonly to?: StepId
}

interface Told {
  readonly run: string
  /** What each step came to. */
  readonly came: ReadonlyMap<StepId, Played>
}

/** Plays a story, or a part of it, through the API: each step by its own person at its own office. */
export async function playTale(stage: Stage, tale: TaleId, { run, from, to }: Playing = {}): Promise<Told> {
  const { work, steps } = taleOf(tale)
  const came = new Map<StepId, Played>()
  let round = run
  const lookAs = (account: Pick<TaleStep, 'office' | 'username'>): Promise<Seen> =>
    readSeen(tale, askAs(stage, account, work)(work.purpose), {
      office: account.office,
      roles: stage.accounts.find((it) => it.member === account.office && it.username === account.username)!.roles,
      run: round,
    })
  const first = from === undefined ? 0 : steps.findIndex((it) => it.id === from)
  const end = to === undefined ? steps.length : steps.findIndex((it) => it.id === to) + 1
  for (const [at, step] of [...steps.entries()].slice(first, end)) {
    const standing = async () => standingOf(step, await lookAs(step)).is
    const patience = { message: `${tale}: ${step.id}`, timeout: 60_000 }
    // Whoever reads no records acts when the desk behind has what came before.
    if (step.unseen) {
      const behind = { office: step.office, username: 'officer' } as const
      const before = steps[at - 1]!.id
      await expect.poll(async () => doneSteps(await lookAs(behind)).has(before), patience).toBe(true)
    }
    if (!step.waits) {
      await expect.poll(standing, patience).toBe('ready')
      const played = await playStep(step.id, { seen: await lookAs(step), askFor: askAs(stage, step, work) })
      round = played.run ?? round
      came.set(step.id, played)
    }
    if (!step.unseen) await expect.poll(standing, patience).toBe('done')
  }
  return { run: round!, came }
}
