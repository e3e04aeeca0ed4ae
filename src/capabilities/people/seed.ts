import { fault } from '#capabilities/people/faults'
import { hashPassword } from '#capabilities/people/password'
import { PeopleSeed } from '#capabilities/people/record'
import { addPerson } from '#capabilities/people/rules'
import { together } from '#capabilities/people/sessions'
import { readRoster } from '#capabilities/people/store'
import { makeToken } from '#capabilities/people/tokens'
import type { Services } from '#http/services'
import { partyOf } from '#protocol/directory'
import type { Change } from '#store/change'
import type { Caller } from '#store/reader'

/** The accounts of an exercise. Throws `people/exercise-only` where the directory is not one of an exercise. */
export async function seedPeople(part: unknown, { store, directories, identity, settings }: Services): Promise<Change> {
  if (!settings.exercise)
    throw fault('people/exercise-only', 'Accounts with known passwords are for exercises; this node is a real one.')
  const { people } = PeopleSeed.parse(part)
  const caller: Caller = { actor: { member: partyOf(directories.current(), identity.me) }, via: 'system' }
  const now = store.clock.now()
  let roster = await readRoster(store)
  let all: Change = { audit: [] }
  for (const { tokens, ...person } of people) {
    const input = { ...person, password: await hashPassword(person.password), oneTime: false }
    const { change, id } = addPerson(input, { caller, now, roster })
    all = together(all, change)
    roster = { ...roster, version: roster.version + 1 }
    for (const it of tokens) all = together(all, makeToken({ id, roles: person.roles }, it, { caller, now }).change)
  }
  return all
}
