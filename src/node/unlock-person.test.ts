import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unlockPerson } from '#node/unlock-person'
import { openScene } from '../../test/kit.ts'
import { readTrail } from '../../test/trail-kit.ts'

const id = `per_${'1'.repeat(32)}`

describe('unlockPerson', () => {
  it('takes the factors of a sole administrator away at the machine, and the audit says so', async () => {
    await using scene = await openScene(['fr'])
    const db = () =>
      scene
        .node('fr')
        .services.store.db.withTables<Record<'people' | 'totp_secrets' | 'recovery_codes', Record<string, unknown>>>()
    const at = new Date()
    const person = { id, username: 'chief', name: 'EXERCISE Chief', password: 'lost', roles: '["administrator"]' }
    await db()
      .insertInto('people')
      .values({ ...person, created_at: at })
      .execute()
    await db()
      .insertInto('totp_secrets')
      .values({ person: id, secret: 'sealed', created_at: at, confirmed_at: at, last_step: 0, failures: 0 })
      .execute()
    await db().insertInto('recovery_codes').values({ digest: 'd', person: id, created_at: at }).execute()
    await scene.stop('fr')

    const asked = { configFile: join(scene.root, 'fr', 'node.json'), reason: 'phone and codes lost', password: true }
    await expect(unlockPerson({ ...asked, username: 'nobody' })).rejects.toThrow(/Nobody at this node/)
    const { oneTimePassword } = await unlockPerson({ ...asked, username: 'chief' })
    expect(oneTimePassword).not.toBeNull()

    const node = await scene.start('fr')
    expect(await db().selectFrom('totp_secrets').selectAll().execute()).toEqual([])
    expect(await db().selectFrom('recovery_codes').selectAll().execute()).toEqual([])
    const signIn = await fetch(`${node.url}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'chief', password: oneTimePassword }),
    })
    expect(signIn.status).not.toBe(401)
    const entries = (await readTrail(node.services.store)).filter((it) => it.object?.id === id)
    expect(entries.slice(0, 2)).toMatchObject([
      {
        act: 'administer',
        reason: 'second factor reset',
        actor: { member: 'fr', via: 'system' },
        details: { why: 'phone and codes lost', at: 'the machine of the node' },
      },
      { reason: 'password reset' },
    ])
    expect(JSON.stringify(entries)).not.toContain(oneTimePassword)
  }, 60_000)
})
