import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, nobodysPassword, verifyPassword } from '#capabilities/people/password'

describe('verifyPassword', () => {
  it('agrees with the reference implementation of Argon2 (phc-winner-argon2, src/test.c)', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', reference)).toBe(true)
    expect(await verifyPassword('Password', reference)).toBe(false)
  })

  it('accepts what was hashed, in either form of its accents', async () => {
    const hash = await hashPassword('le château de Compiègne')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(await verifyPassword('le château de Compiègne'.normalize('NFD'), hash)).toBe(true)
    expect(await verifyPassword('le chateau de Compiegne', hash)).toBe(false)
  })

  it('salts each password anew', async () => {
    expect(await hashPassword('the same sentence')).not.toBe(await hashPassword('the same sentence'))
  })

  it('accepts nothing for nobody', async () => {
    expect(await verifyPassword('', nobodysPassword)).toBe(false)
  })

  it('says that it is busy before the waiting ones fill the memory', async () => {
    const cheap = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => verifyPassword('x', cheap)))
    const refused = answers.filter((it) => it.status === 'rejected')
    expect(refused).toHaveLength(72)
    expect(refused[0]?.reason).toMatchObject({ code: 'people/busy', kind: 'unavailable' })
    expect(await verifyPassword('x', cheap)).toBe(false)
  })
})

describe('checkPassword', () => {
  it.each([
    ['fourteen chars', {}],
    ['aaaaaaaaaaaabbbbbbbbbbbbb', {}],
    ['my name is Marie and so on', { username: 'marie' }],
    ['a sentence of before', { former: 'a sentence of before' }],
  ])('refuses %j', (password, more) =>
    expect(() => checkPassword(password, { username: 'somebody', ...more })).toThrow(
      expect.objectContaining({ code: 'people/weak-password' }),
    ),
  )

  it('takes a short sentence', () => {
    expect(() => checkPassword('three otters ride', { username: 'marie' })).not.toThrow()
  })
})
