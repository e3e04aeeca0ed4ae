import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { intrusion, isDiscreet, localAction } from '#capabilities/notices/local-action'
import { lawOf, readLaw } from '#capabilities/notices/local-law'
import type { Services } from '#http/services'
import { actionClasses } from '#http/travellers'
import type { Store } from '#store/store'

const law = lawOf({} as Store)
const action = fc.constantFrom(...actionClasses)

describe('localAction', () => {
  it('only ever lowers what is asked, and says by which rule (Regulation (EU) 2018/1862, article 36(6))', () => {
    fc.assert(
      fc.property(
        action,
        fc.constantFrom('fr', 'ke', 'id', 'br', null),
        fc.option(action, { nil: undefined }),
        (asked, country, bound) => {
          const { permitted, loweredBy } = localAction(asked, { law, country, bound })
          if (asked === 'protect') expect(permitted).toBe('protect')
          else expect(intrusion.indexOf(permitted as 'none')).toBeLessThanOrEqual(intrusion.indexOf(asked as 'none'))
          expect(loweredBy === null).toBe(permitted === asked)
        },
      ),
    )
  })

  it('makes an inquiry of a specific check and a discreet check of an inquiry where the law says so', () => {
    expect(localAction('specific-check', { law, country: 'ke' })).toMatchObject({ permitted: 'inquiry-check' })
    expect(localAction('inquiry-check', { law, country: 'id' })).toMatchObject({ permitted: 'discreet-check' })
    expect(isDiscreet('discreet-check', false)).toBe(true)
  })
})

describe('readLaw', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-law-'))
  const services = { store: {}, settings: { dataDirectory: folder } } as unknown as Services
  const file = join(folder, 'notice-law.json')
  afterEach(() => rmSync(file, { force: true }))

  it('takes the table of the node in place of the exercise', () => {
    const own = [{ country: 'ke', class: 'arrest', permitted: 'ask', source: 'Extradition Act, section 9 (EXERCISE)' }]
    writeFileSync(file, JSON.stringify(own))
    readLaw(services)
    expect(localAction('arrest', { law: lawOf(services.store), country: 'ke' })).toMatchObject({ permitted: 'ask' })
  })

  it.each(['no json', '[{"country":"ke"}]'])('stops a start with %s', (text) => {
    writeFileSync(file, text)
    expect(() => readLaw(services)).toThrow(expect.objectContaining({ code: 'notices/bad-law' }))
  })
})
