import { expect } from 'vitest'
import { people } from '#capabilities/people/capability'
import { client } from '#capabilities/people/client.fixture'
import type { PeopleSeed } from '#capabilities/people/record'
import { tables } from '#capabilities/people/store'
import { fixedClock } from '#kernel/clock'
import type { Role } from '#policy/roles'
import { openScene } from '../../../test/kit.ts'

export const minute = 60_000
export const password = 'three otters ride'
export const readToken = 'comity_exercise_reading_desk'

const account = (username: string, ...roles: Role[]) => ({
  username,
  name: username.toUpperCase(),
  roles,
  password,
  tokens: [],
})

const accounts: PeopleSeed = {
  people: [
    { ...account('olga', 'officer'), tokens: [{ token: readToken, name: 'desk', scopes: ['read'], days: 365 }] },
    account('otto', 'officer', 'supervisor'),
    account('ada', 'administrator'),
    account('audra', 'auditor'),
  ],
}

/** A node with people of every kind, and a clock that the test moves. */
export async function openPeopleScene() {
  const clock = fixedClock(new Date())
  const scene = await openScene(['fr'], { clock })
  const { services } = scene.node('fr')
  const url = services.directories.current().members[0]!.endpoint.url
  await services.store.commit(await people.seed!(accounts, services))
  return {
    clock,
    services,
    url,
    async signedIn(username: string) {
      const browser = client(url)
      expect(await browser.signIn(username, password)).toMatchObject({ status: 200 })
      return browser
    },
    async idOf(username: string): Promise<string> {
      const query = tables(services.store).selectFrom('people').select('id').where('username', '=', username)
      return (await query.executeTakeFirstOrThrow()).id
    },
    /** Has an administrator take the second factors of a person away. */
    async withoutFactor(username: string) {
      const ada = client(url)
      await ada.signIn('ada', password)
      const query = tables(services.store).selectFrom('people').select('id').where('username', '=', username)
      const { id } = await query.executeTakeFirstOrThrow()
      expect(await ada.post(`/people/${id}/factor-reset`, { reason: 'end of a test' })).toMatchObject({ status: 200 })
    },
    /** Audit entries of an act, the last first. */
    async audits(act: string) {
      const query = services.store.db.selectFrom('ledger_leaves').select('entry').orderBy('index', 'desc')
      return (await query.execute()).map((it) => it.entry!).filter((it) => it.act === act)
    },
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  }
}

export type PeopleScene = Awaited<ReturnType<typeof openPeopleScene>>
