import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/canonical'
import { enclosing, escapeKey, parsePointer, place, take } from '#protocol/pointer'

type Tree = { [key: string]: Json }

const key = fc.string({ unit: fc.constantFrom('a', 'b', '~', '/', '0', '1', 'é', '😀', '\n', '"'), maxLength: 4 })
const { tree } = fc.letrec<{ tree: Tree; node: Json }>((tie) => ({
  tree: fc.dictionary(key, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, 1, 'x', [1, { a: 2 }]),
    tie('tree'),
  ),
}))
const pointerTo = (path: readonly string[]) => path.map((it) => `/${escapeKey(it)}`).join('')

function pathsIn(at: Json, path: readonly string[] = []): string[][] {
  if (typeof at !== 'object' || at === null || Array.isArray(at)) return []
  return Object.entries(at).flatMap(([name, inner]) => [[...path, name], ...pathsIn(inner, [...path, name])])
}
const valueAt = (at: Json, path: readonly string[]) => path.reduce<Json>((inner, name) => (inner as Tree)[name]!, at)

const treeAndPath = tree
  .filter((it) => pathsIn(it).length > 0)
  .chain((it) => fc.tuple(fc.constant(it), fc.constantFrom(...pathsIn(it))))

describe('parsePointer', () => {
  it('undoes what escapeKey does', () => {
    fc.assert(
      fc.property(fc.array(key), (path) => {
        expect(parsePointer(pointerTo(path))).toEqual(path)
      }),
    )
  })

  it.each([
    ['', []],
    ['/', ['']],
    ['/a~1b', ['a/b']],
    ['/m~0n', ['m~n']],
    ['/~01', ['~1']],
    ['/a//b', ['a', '', 'b']],
  ])('reads %j as RFC 6901 does', (pointer, path) => {
    expect(parsePointer(pointer)).toEqual(path)
  })
})

describe('take and place', () => {
  it('take a value out and put it back where it was', () => {
    fc.assert(
      fc.property(treeAndPath, ([it, path]) => {
        const before = JSON.stringify(it)
        const taken = take(it, pointerTo(path))
        expect(taken?.value).toEqual(valueAt(it, path))
        expect(JSON.stringify(it)).toBe(before)
        expect(pathsIn(taken!.rest).map(pointerTo)).not.toContain(pointerTo(path))
        const rest = structuredClone(taken!.rest)
        expect(place(rest, pointerTo(path), taken!.value)).toBe(true)
        expect(rest).toEqual(it)
      }),
    )
  })

  it('put nothing under a __proto__ that a parser made a member of its own', () => {
    const tree: Tree = JSON.parse('{"a":{"__proto__":{"b":1}}}')
    expect(place(tree, '/a/__proto__/c', 1)).toBe(false)
  })

  it('refuse a place that is taken', () => {
    fc.assert(fc.property(treeAndPath, ([it, path]) => place(it, pointerTo(path), 1) === false))
  })

  it.each([
    '',
    'a',
    '/b',
    '/a/x',
    '/list/0',
    '/list/length',
    '/text/length',
    '/toString',
    '/constructor/name',
    '/a/b/c/d',
  ])('take nothing at %j', (pointer) => {
    expect(take({ a: { b: { c: 1 } }, list: [1], text: 'x' }, pointer)).toBeUndefined()
  })

  it.each(['', 'a', '/b/c', '/list/1', '/text/x', '/constructor/x', '/__proto__', '/__proto__/x', '/a/__proto__/x'])(
    'put nothing at %j',
    (pointer) => {
      const tree: Tree = { a: { b: 1 }, list: [1], text: 'x' }
      expect(place(tree, pointer, { polluted: true })).toBe(false)
      expect(tree).toEqual({ a: { b: 1 }, list: [1], text: 'x' })
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    },
  )
})

describe('enclosing', () => {
  it('names every prefix, outermost first', () => {
    expect(enclosing('/body/a~1b/c')).toEqual(['/body', '/body/a~1b'])
    expect(enclosing('/body')).toEqual([])
    fc.assert(
      fc.property(fc.array(key, { minLength: 1 }), (path) => {
        expect(enclosing(pointerTo(path))).toEqual(
          path.slice(0, -1).map((_, last) => pointerTo(path.slice(0, last + 1))),
        )
      }),
    )
  })
})
