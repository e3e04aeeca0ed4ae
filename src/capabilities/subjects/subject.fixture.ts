import fc from 'fast-check'
import type { Statement, Subject } from '#capabilities/subjects/record'
import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling, Mark } from '#protocol/handling'
import { sitAt } from '../../../test/desk-kit.ts'

/** What tests of subjects are made of: a header, subjects of every form, the API of one node for one person. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H2' }],
    purposes: ['counter-terrorism'],
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'suspect',
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
    ...change,
  }
}

export const said = (property: string, value: string, more: Partial<Statement> = {}): Statement => ({
  property,
  value,
  ...more,
})

export const person = (statements: Record<string, Statement>, more: Partial<Subject> = {}): Subject => ({
  schema: 'Person',
  statements,
  holds: {},
  relations: {},
  action: 'none',
  discreet: false,
  ...more,
})

const key = fc.stringMatching(/^[a-z0-9]{1,4}$/).filter((it) => it !== '__proto__')
const value = fc.string({ minLength: 1, maxLength: 8 }).filter((it) => it.trim() === it)
const statement = fc.record(
  {
    property: fc.constantFrom('name', 'alias', 'birthDate', 'phone'),
    value,
    source: value,
    category: fc.constantFrom('suspect', 'witness'),
  },
  { requiredKeys: ['property', 'value'] },
) as fc.Arbitrary<Statement>
const statements = fc.dictionary(key, statement, { minKeys: 1, maxKeys: 4 })
const passport = fc.dictionary(key, fc.record({ property: fc.constantFrom('number', 'country'), value }), {
  minKeys: 1,
  maxKeys: 2,
}) as fc.Arbitrary<Record<string, Statement>>

export const audience = fc.record({
  members: fc.uniqueArray(fc.constantFrom('ke', 'id', 'fr'), { maxLength: 2 }),
  groups: fc.constant([] as string[]),
  sectors: fc.uniqueArray(fc.constantFrom('state', 'financial'), { maxLength: 1 }) as fc.Arbitrary<
    Handling['audience']['sectors']
  >,
})

export const handling: fc.Arbitrary<Handling> = fc
  .record({
    audience,
    tlp: fc.constantFrom('GREEN', 'AMBER', 'AMBER+STRICT'),
    onward: fc.constantFrom('no', 'ask', 'audience'),
    category: fc.constantFrom('suspect', 'witness'),
    purposes: fc.constantFrom(['counter-terrorism'], ['counter-terrorism', 'border-security']),
  })
  .map((it) => header(new Date('2026-11-27T12:00:00.000Z'), it as unknown as Partial<Handling>))

/** A subject with marks on some of what it says; `towards` is a record that it may stand in relation to. */
export function subject(towards: string): fc.Arbitrary<{ body: Subject; marks: Record<string, Mark> }> {
  return fc
    .record({
      statements,
      holds: fc.dictionary(key, fc.record({ schema: fc.constant('Passport' as const), statements: passport }), {
        maxKeys: 2,
      }),
      relations: fc.dictionary(
        key,
        fc.record({
          schema: fc.constantFrom('Associate' as const, 'Family' as const),
          other: fc.constantFrom({ record: towards as `rec_${string}` }, { record: `rec_${'9'.repeat(32)}` as const }),
          statements: fc.constant({}),
        }),
        { maxKeys: 2 },
      ),
      marked: fc.subarray(['statements', 'holds', 'relations'] as const),
    })
    .map(({ marked, ...parts }) => {
      const body = person(parts.statements, { holds: parts.holds, relations: parts.relations })
      const marks: Record<string, Mark> = {}
      for (const place of marked) {
        const first = Object.keys(body[place])[0]
        if (first !== undefined)
          marks[`/body/${place}/${first}`] = { audience: { members: ['ke'], groups: [], sectors: [] } }
      }
      return { body, marks }
    })
}

/** The API of one node for one person, without the sign-in of another capability. */
export function desk(node: RunningNode, { role = 'officer', id = 'per_1' }: { role?: Role; id?: string } = {}) {
  const call = sitAt(node, { id, roles: [role], name: 'Test Officer', purpose: 'counter-terrorism' })
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    put: (path: string, body: unknown) => call('PUT', path, body),
  }
}

export type SubjectDesk = ReturnType<typeof desk>
