import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../../../test/stage-kit.ts'
import { playTale } from '../../../test/tale-kit.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ running: ['secretariat', 'fr', 'ke', 'horizon-bank', 'id'] })
}, 180_000)

afterAll(() => stage?.[Symbol.asyncDispose]())

describe('playStep', () => {
  it('plays the story of a record to its end, and what is unlawful in it is refused', async () => {
    const { came } = await playTale(stage, 'records', { to: 'refusals' })
    const rules = [...came.values()].flatMap((it) => it.refused ?? []).map((it) => it.rule)
    expect(rules).toEqual(['H2', expect.any(String), 'purpose', 'expiry'])
  }, 180_000)

  it('plays the story of notices to its end: gates refuse, two decide, the counter is told nothing', async () => {
    const { came } = await playTale(stage, 'notices')
    expect(came.get('draft')!.refused).toMatchObject([{ attempt: 'incomplete', rule: 'RPD 83(2)(b)(iv)' }])
    for (const it of ['weigh', 'weigh-discreet', 'weigh-abuse'] as const)
      expect(came.get(it)!.refused).toMatchObject([{ attempt: 'alone', status: 403 }])
    expect(came.get('passengers')!.passengers).toMatchObject({ read: 3, kept: 2, incomplete: 1, met: 1 })
    expect(came.get('counter')!.counter).toEqual({ state: 'nothing', alerts: 0 })
    expect(stage.errors).toEqual([])
  }, 180_000)
})
