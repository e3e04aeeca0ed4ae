import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formKey, readNameClasses } from '#matching/name-classes'
import { NameClassesBuilder } from '#matching/name-classes-builder'

/** EXERCISE: an invented pack; the numbers stand for nothing. */
const pack = [
  'yusuf, youssef, يوسف, юсуф, 优素福 => Q101',
  'yusuf, iosif, иосиф => Q102',
  'osmar, осмар => 103',
  'Abd Al-Rahman, عبد الرحمن => Q104',
  'a line of no form',
  'no number => Qx',
  ', , => Q105',
]

function build(lines: readonly string[] = pack) {
  const builder = new NameClassesBuilder()
  for (const line of lines) builder.add(line)
  return { builder, table: builder.build() }
}

describe('NameClasses', () => {
  const { builder, table } = build()

  it('finds the classes of a form in any script, case and accent', () => {
    expect([...table.classesOf('Yusuf')]).toEqual([101, 102])
    expect([...table.classesOf('YOUSSEF')]).toEqual([101])
    expect([...table.classesOf('يُوسف')]).toEqual([101])
    expect([...table.classesOf('Иосиф')]).toEqual([102])
    expect([...table.classesOf('优素福')]).toEqual([101])
    expect([...table.classesOf('abd al rahman')]).toEqual([104])
    expect([...table.classesOfKey(formKey('Osmár'))]).toEqual([103])
  })

  it('finds none for what is in no class, and counts lines of another form', () => {
    for (const text of ['', 'Kestutis', 'yusu', '=>']) expect(table.classesOf(text).length).toBe(0)
    expect(builder.counts).toEqual({ lines: 7, rejected: 2 })
  })

  it('is the same when it was written and read, and is not read when a byte is wrong or missing', () => {
    const bytes = table.write()
    const read = readNameClasses(bytes)!
    expect([read.forms, read.memberships, read.bytes]).toEqual([table.forms, table.memberships, table.bytes])
    expect([...read.classesOf('yusuf')]).toEqual([101, 102])
    expect(readNameClasses(bytes.slice(0, -1))).toBeUndefined()
    expect(readNameClasses(new Uint8Array())).toBeUndefined()
    for (const at of [0, 4, 8, 30, bytes.length - 1]) {
      const damaged = bytes.slice()
      damaged[at]! ^= 1
      expect(readNameClasses(damaged)).toBeUndefined()
    }
  })

  it('finds every form of any pack, with every class that it is in', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeабвгд'), minLength: 1, maxLength: 6 })
    const line = fc.record({
      forms: fc.array(word, { minLength: 1, maxLength: 4 }),
      id: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { table: some } = build(lines.map((it) => `${it.forms.join(', ')} => Q${it.id}`))
        const expected = new Map<string, Set<number>>()
        for (const { forms, id } of lines) {
          for (const form of forms) expected.set(formKey(form), (expected.get(formKey(form)) ?? new Set()).add(id))
        }
        for (const [key, ids] of expected) {
          expect([...some.classesOfKey(key)]).toEqual([...ids].sort((a, b) => a - b))
        }
        expect(some.forms).toBe(expected.size)
      }),
      { numRuns: 60 },
    )
  })

  it('takes any line', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => void build(lines)),
      { numRuns: 60 },
    )
  })
})
