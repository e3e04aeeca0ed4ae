import { describe, expect, it } from 'vitest'
import { people } from '#capabilities/people/capability'
import { client } from '#capabilities/people/client.fixture'
import type { Services } from '#http/services'
import { openScene } from '../../../test/kit.ts'

const password = 'three otters ride'

describe('the first administrator', () => {
  it('is made once, with the code in the log', async () => {
    await using scene = await openScene(['fr'])
    const { services } = scene.node('fr')
    const url = services.directories.current().members[0]!.endpoint.url
    const logged: { setupCode?: string }[] = []
    const log = { warn: (fields: object) => void logged.push(fields) } as unknown as Services['log']
    await using _started = await people.start!({ ...services, log })
    const code = logged[0]?.setupCode
    const body = { code, username: 'root', name: 'Root', password }

    const wrong = await client(url).post('/people/first', { ...body, code: 'aaaaa-aaaaa-aaaaa-aaaaa' })
    expect(wrong).toMatchObject({ status: 403, body: { code: 'people/wrong-setup-code' } })
    expect((await client(url).post('/people/first', { ...body, password: 'short' })).status).toBe(422)
    const both = await Promise.all([
      client(url).post('/people/first', body),
      client(url).post('/people/first', { ...body, username: 'rival' }),
    ])
    expect(both.filter((it) => it.status === 201)).toHaveLength(1)
    expect((await client(url).post('/people/first', body)).status).toBe(404)
    const made = both.find((it) => it.status === 201)!.body
    expect(made.roles).toEqual(['administrator'])
    expect((await client(url).signIn(made.username, password)).status).toBe(200)
  })

  it('is not offered where there are people', async () => {
    await using scene = await openScene(['fr'])
    const { services } = scene.node('fr')
    const url = services.directories.current().members[0]!.endpoint.url
    const seed = { people: [{ username: 'ada', name: 'Ada', roles: ['administrator'], password }] }
    await services.store.commit(await people.seed!(seed, services))
    await scene.stop('fr')
    await scene.start('fr')
    const body = { code: 'aaaaa-aaaaa-aaaaa-aaaaa', username: 'root', name: 'Root', password }
    expect((await client(url).post('/people/first', body)).status).toBe(404)
  })

  it('is not seeded with a known password on a real node', async () => {
    await using scene = await openScene(['fr'])
    const { services } = scene.node('fr')
    const real = { ...services, settings: { ...services.settings, exercise: false } }
    await expect(people.seed!({ people: [] }, real)).rejects.toMatchObject({ code: 'people/exercise-only' })
  })
})
