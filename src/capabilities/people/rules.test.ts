import { describe, expect, it } from 'vitest'
import { countAttempt, forgetAttempts } from '#capabilities/people/attempts'
import { clearedCookie, readBearer, readSessionCookie, sessionCookie } from '#capabilities/people/credentials'
import { addPerson, changePerson, checkDuties, resetPassword } from '#capabilities/people/rules'
import { newOneTimeCode, newToken } from '#capabilities/people/secrets'
import { signInRefusal } from '#capabilities/people/sessions'
import type { PersonRow } from '#capabilities/people/store'
import { makeToken, revokeToken, scopesLeft } from '#capabilities/people/tokens'
import { type Role, roles } from '#policy/roles'
import type { Caller } from '#store/reader'

const now = new Date('2026-03-01T10:00:00Z')
const member = { id: 'fr', kind: 'state', groups: [] } as const

function as(id: string, ...held: Role[]): Caller {
  return { actor: { member, person: { id, roles: held } }, via: 'session' }
}

function row(id: string, ...held: Role[]): PersonRow {
  return {
    id,
    username: id,
    name: id,
    roles: held,
    password: 'hash',
    password_until: null,
    created_at: now,
    signed_in_at: null,
    disabled_at: null,
  }
}

const roster = { version: 4, people: 3, administrators: ['per_a', 'per_b'] }
const work = { caller: as('per_a', 'administrator'), now, roster }

describe('checkDuties', () => {
  const combinations = Array.from({ length: 2 ** roles.length - 1 }, (_, mask) =>
    roles.filter((_role, index) => (mask + 1) & (1 << index)),
  )
  it.each(combinations.map((it) => [it.join(' '), it] as const))('decides on %s', (_name, held) => {
    const works = held.some((it) => ['officer', 'supervisor', 'legal', 'border'].includes(it))
    const mixed = held.length > 1 && (held.includes('auditor') || (held.includes('administrator') && works))
    if (mixed) expect(() => checkDuties(held)).toThrow(expect.objectContaining({ code: 'people/separation-of-duties' }))
    else expect(checkDuties([...held, ...held])).toEqual(held)
  })
})

describe('addPerson', () => {
  it('binds the change to the list of people that the rule saw', () => {
    const input = { username: 'marie', name: 'Marie', roles: ['officer'] as const, password: 'hash', oneTime: true }
    const { change } = addPerson(input, work)
    expect(change.rows?.[0]).toMatchObject({ table: 'people_roster', where: { version: 4 }, expect: 1 })
    expect(JSON.stringify(change.audit)).not.toContain('hash')
  })
})

describe('changePerson', () => {
  const cases: [string, string, Parameters<typeof changePerson>[1], string | undefined][] = [
    ['keeps administrators off their own roles', 'per_a', { roles: ['officer'] }, 'people/own-account'],
    ['lets administrators change their own name', 'per_a', { name: 'New' }, undefined],
    ['lets an administrator go while another stays', 'per_b', { roles: ['officer'] }, undefined],
    ['lets an administrator be disabled while another stays', 'per_b', { disabled: true }, undefined],
    ['refuses mixed duties', 'per_b', { roles: ['administrator', 'legal'] }, 'people/separation-of-duties'],
  ]
  it.each(cases)('%s', (_name, id, input, code) => {
    const act = () => changePerson(row(id, 'administrator'), input, work)
    if (code === undefined) expect(act).not.toThrow()
    else expect(act).toThrow(expect.objectContaining({ code }))
  })

  it.each([{ disabled: true }, { roles: ['officer' as const] }])('keeps the last administrator from %o', (input) => {
    const alone = { ...work, caller: as('per_x', 'administrator'), roster: { ...roster, administrators: ['per_b'] } }
    expect(() => changePerson(row('per_b', 'administrator'), input, alone)).toThrow(
      expect.objectContaining({ code: 'people/last-administrator' }),
    )
  })

  it('ends sessions and tokens of whoever is disabled', () => {
    const { change, person } = changePerson(row('per_o', 'officer'), { disabled: true }, work)
    expect(person.disabled_at).toEqual(now)
    expect(change.rows).toContainEqual({ op: 'delete', table: 'sessions', where: { person: 'per_o' } })
    expect(change.rows).toContainEqual(
      expect.objectContaining({ table: 'api_tokens', values: { revoked_at: now, revoked_reason: 'person disabled' } }),
    )
  })

  it('keeps the date on which somebody was disabled', () => {
    const before = { ...row('per_o', 'officer'), disabled_at: new Date('2026-01-01T00:00:00Z') }
    expect(changePerson(before, { name: 'New' }, work).person.disabled_at).toEqual(before.disabled_at)
    expect(changePerson(before, { disabled: false }, work).person.disabled_at).toBeNull()
  })
})

describe('resetPassword', () => {
  it('is not for oneself', () => {
    expect(() => resetPassword(row('per_a', 'administrator'), 'hash', work)).toThrow(
      expect.objectContaining({ code: 'people/own-account' }),
    )
  })
})

describe('signInRefusal', () => {
  const officer = row('per_o', 'officer')
  it.each([
    [undefined, true, 'unknown'],
    [officer, false, 'password'],
    [{ ...officer, disabled_at: now }, true, 'disabled'],
    [{ ...officer, password_until: now }, true, 'outdated'],
    [officer, true, undefined],
  ] as const)('%#', (person, fits, expected) => expect(signInRefusal(person, fits, now)).toBe(expected))
})

describe('makeToken', () => {
  const owner = row('per_o', 'officer')
  const input = { name: 'screening desk', scopes: ['read', 'screen'] as const, days: 30 }

  it('keeps the digest, and the token out of the change', () => {
    const { change, token } = makeToken(owner, input, work)
    expect(token).toMatch(/^comity_[\w-]{43}$/)
    expect(JSON.stringify(change)).not.toContain(token)
  })

  it('reaches no further than the roles', () => {
    expect(() => makeToken(owner, { ...input, scopes: ['read', 'administer'] }, work)).toThrow(
      expect.objectContaining({ code: 'people/scope-beyond-role' }),
    )
  })

  it('made with a token reaches and lasts no further than that one, and makes none itself', () => {
    const by = { id: 'tok_1', scopes: ['read', 'write'] as never, parent: null, expires_at: new Date('2026-03-02') }
    expect(() => makeToken(owner, input, { ...work, by })).toThrow(
      expect.objectContaining({ code: 'people/scope-beyond-role' }),
    )
    const made = makeToken(owner, { ...input, scopes: ['read'] }, { ...work, by })
    expect(made.expiresAt).toEqual(by.expires_at)
    expect(() => makeToken(owner, { ...input, scopes: ['read'] }, { ...work, by: { ...by, parent: 'tok_0' } })).toThrow(
      expect.objectContaining({ code: 'people/session-needed' }),
    )
    const revoked = revokeToken({ id: 'tok_1', person: owner.id }, 'no longer used', work)
    expect(revoked.rows).toContainEqual(expect.objectContaining({ where: { parent: 'tok_1', revoked_at: null } }))
  })
})

describe('scopesLeft', () => {
  it('takes along the scopes of a role that was taken away', () => {
    expect(scopesLeft(['read', 'screen', 'audit'], ['auditor'])).toEqual(['read', 'audit'])
    expect(scopesLeft(['read', 'screen'], [])).toEqual([])
  })
})

describe('countAttempt', () => {
  it('stops the eleventh attempt within a quarter of an hour, for this name alone', () => {
    const node = {}
    const at = (minute: number) => new Date(now.getTime() + minute * 60_000)
    for (let attempt = 0; attempt < 10; attempt++) countAttempt(node, 'marie', at(attempt))
    expect(() => countAttempt(node, 'marie', at(14))).toThrow(
      expect.objectContaining({ kind: 'limited', details: { retryAfterSeconds: 60 } }),
    )
    expect(() => countAttempt(node, 'jean', at(14))).not.toThrow()
    expect(() => countAttempt({}, 'marie', at(14))).not.toThrow()
    expect(() => countAttempt(node, 'marie', at(15))).not.toThrow()
    forgetAttempts(node, 'marie')
    expect(() => countAttempt(node, 'marie', at(15))).not.toThrow()
  })
})

describe('credentials', () => {
  it('reads back the cookie that it writes', () => {
    const cookie = sessionCookie('abc-_1', { member: 'fr', publicUrl: 'https://ncb.example', lifetimeSeconds: 60 })
    expect(cookie).toBe('comity-fr=abc-_1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict')
    expect(readSessionCookie(new Headers({ cookie: `other=1; comity-ke=2; ${cookie}` }), 'fr')).toBe('abc-_1')
    expect(clearedCookie({ member: 'fr', publicUrl: 'http://localhost:7001' })).toBe(
      'comity-fr=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    )
  })

  it.each(['', 'Basic comity_x', 'Bearer', 'Bearer other_x', 'Bearer comity_x y', 'comity_x'])(
    'ignores %j',
    (authorization) => expect(readBearer(new Headers({ authorization }))).toBeUndefined(),
  )

  it('reads a bearer token', () => {
    expect(readBearer(new Headers({ authorization: 'bearer comity_x' }))).toBe('comity_x')
  })
})

describe('secrets', () => {
  it('makes another every time', () => {
    expect(new Set(Array.from({ length: 100 }, newToken)).size).toBe(100)
    expect(newOneTimeCode()).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/)
  })
})
