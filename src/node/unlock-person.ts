import { userInfo } from 'node:os'
import { resetFactors } from '#capabilities/people/factor-rules'
import { fault } from '#capabilities/people/faults'
import { hashPassword } from '#capabilities/people/password'
import { resetPassword } from '#capabilities/people/rules'
import { newOneTimeCode } from '#capabilities/people/secrets'
import { readPerson } from '#capabilities/people/store'
import { systemClock } from '#kernel/clock'
import { readConfig } from '#node/config'
import { openGround } from '#node/ground'
import { partyOf } from '#protocol/directory'
import type { Change } from '#store/change'

export interface Unlocking {
  readonly configFile: string
  readonly username: string
  /** Why, for the audit. */
  readonly reason: string
  /** Gives a one-time password too, for somebody who lost that as well. */
  readonly password: boolean
}

export interface Unlocked {
  readonly id: string
  readonly username: string
  /** Shown once; null when it was not asked for. */
  readonly oneTimePassword: string | null
}

/**
 * Takes the second factors of somebody away at the machine of the node, without anybody signed in: for a sole administrator who
 * lost theirs. Whoever may read keys and database of the node could change it unseen anyway; this way it stands in the audit,
 * with the account of the machine. The node must not be running. Throws `people/unknown` and `store/unavailable`.
 */
export async function unlockPerson({ configFile, username, reason, password }: Unlocking): Promise<Unlocked> {
  await using ground = await openGround(readConfig(configFile), systemClock)
  const { store, identity } = ground
  const person = await readPerson(store, { username })
  if (person === undefined) throw fault('people/unknown', `Nobody at this node signs in as ${username}.`)
  const caller = { actor: { member: partyOf(identity.directory(), identity.me) }, via: 'system' as const }
  const oneTimePassword = password ? newOneTimeCode() : null
  const now = store.clock.now()
  const changes: readonly Change[] = [
    resetFactors(person, reason, { caller }),
    ...(oneTimePassword === null ? [] : [resetPassword(person, await hashPassword(oneTimePassword), { caller, now })]),
  ]
  await store.commit({
    rows: changes.flatMap((it) => it.rows ?? []),
    audit: changes
      .flatMap((it) => it.audit)
      .map((it) => ({
        ...it,
        details: { ...it.details, at: 'the machine of the node', account: userInfo().username },
      })),
  })
  return { id: person.id, username, oneTimePassword }
}
