import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson } from '#node/config'
import { ask } from '../../../test/api-kit.ts'
import { offerDesks } from '../../../test/exercise-kit.ts'
import { openStage, type Stage } from '../../../test/stage-kit.ts'

const path = '/api/v1/exercise/accounts'
const stages: Stage[] = []

async function stageWith(options: Partial<Parameters<typeof openStage>[0]>): Promise<Stage> {
  const stage = await openStage({ running: ['fr'], played: ['ke'], ...options })
  stages.push(stage)
  return stage
}

afterAll(() => Promise.all(stages.map((it) => it[Symbol.asyncDispose]())))

async function expectNothing(stage: Stage, headers: Record<string, string> = {}): Promise<void> {
  const [there, not] = [
    await ask(stage.port('fr'), path, { headers }),
    await ask(stage.port('fr'), '/api/v1/exercise/nothing', { headers }),
  ]
  const said = ({ status, text }: typeof there) => [status, text.replace(/"correlation":"[^"]*"/, '')]
  expect(there.status).toBe(404)
  expect(said(there)).toEqual(said(not))
}

describe('the accounts of an exercise', () => {
  it('are offered by a node of an exercise that only this machine can reach, and they are true', async () => {
    const stage = await stageWith({ config: offerDesks })
    const { status, json } = await ask(stage.port('fr'), path)
    expect(status).toBe(200)
    expect(json.member).toBe('fr')
    expect(json.offices).toContainEqual({
      member: 'fr',
      name: 'France, National Central Bureau (EXERCISE)',
      url: `http://localhost:${stage.port('fr')}`,
    })
    expect(json.accounts.map((it: { username: string }) => it.username)).toEqual([
      'officer',
      'supervisor',
      'legal',
      'border',
      'auditor',
      'admin',
    ])
    const { username, password } = json.accounts[0]
    expect((await ask(stage.port('fr'), '/api/v1/sign-in', { body: { username, password } })).status).toBe(200)
  })

  it('are not there for a page whose own name leads to this machine', async () => {
    const stage = stages[0]!
    await expectNothing(stage, { host: `rebound.example:${stage.port('fr')}` })
    await expectNothing(stage, { host: 'localhost' })
  })

  it('are no longer there once the directory says that it is no exercise', async () => {
    const stage = stages[0]!
    const signed = await stage.nextDirectory(() => ({ exercise: false }))
    const { directories } = stage.node('fr').services
    directories.adopt(await directories.verify(signed))
    await expectNothing(stage)
  })

  it('are not there without the file that lists them', async () => {
    await expectNothing(await stageWith({}))
  })

  it('are not there on a node that listens to more than this machine', async () => {
    const stage = await stageWith({
      config: (member, root) => ({
        ...offerDesks(member, root),
        listen: { host: '0.0.0.0', port: Number(new URL(publicUrlOf(member, root)).port) },
      }),
    })
    await expectNothing(stage)
  })

  it('are not there on a node that is known by another name', async () => {
    const stage = await stageWith({
      config: (member, root) => ({ ...offerDesks(member, root), publicUrl: 'https://ncb-fr.example' }),
    })
    await expectNothing(stage)
    await expectNothing(stage, { host: 'ncb-fr.example' })
  })

  it('are not there in a federation that is no exercise, whatever its configuration says', async () => {
    const stage = await stageWith({
      directory: (document) => ({ ...document, exercise: false }),
      // The accounts themselves would be refused there too, and the node with them.
      config: (member, root) => ({ ...offerDesks(member, root), seedFile: undefined }),
    })
    await expectNothing(stage)
  })
})

const publicUrlOf = (member: string, root: string) =>
  readJson(join(root, member, 'node.json'), z.object({ publicUrl: z.string() })).publicUrl
