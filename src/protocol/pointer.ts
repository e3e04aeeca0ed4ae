import type { Json } from '#kernel/canonical'

/** JSON Pointer (RFC 6901) over objects. Arrays are not entered: a field that can be marked has a name of its own. */

export function parsePointer(pointer: string): string[] {
  if (!pointer.startsWith('/')) return []
  return pointer
    .slice(1)
    .split('/')
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'))
}

type Tree = { [key: string]: Json }

function isTree(value: Json | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The tree without the value at the pointer, and that value; `undefined` when there is none. Copies only along the path. */
export function take(tree: Tree, pointer: string): { rest: Tree; value: Json } | undefined {
  const [key, ...path] = parsePointer(pointer)
  if (key === undefined || !Object.hasOwn(tree, key)) return undefined
  const value = tree[key] as Json
  const { [key]: _, ...others } = tree
  if (path.length === 0) return { rest: others, value }
  if (!isTree(value)) return undefined
  const inner = take(value, `/${path.map(escapeKey).join('/')}`)
  return inner && { rest: { ...tree, [key]: inner.rest }, value: inner.value }
}

/**
 * Puts a value at the pointer of a tree that is the caller's own, since copies would cost a hostile record's size for each of
 * its fields. False when the place is taken or the path leads through no object.
 */
export function place(tree: Tree, pointer: string, value: Json): boolean {
  const path = parsePointer(pointer)
  const last = path.pop()
  if (last === undefined || last === '__proto__') return false
  let at = tree
  for (const key of path) {
    const child = Object.hasOwn(at, key) ? at[key] : undefined
    if (key === '__proto__' || !isTree(child)) return false
    at = child
  }
  if (Object.hasOwn(at, last)) return false
  at[last] = value
  return true
}

/** The pointers of everything that encloses a value, outermost first: `/body/a/b` lies in `/body` and `/body/a`. */
export function enclosing(pointer: string): string[] {
  const outer: string[] = []
  for (let slash = pointer.indexOf('/', 1); slash !== -1; slash = pointer.indexOf('/', slash + 1))
    outer.push(pointer.slice(0, slash))
  return outer
}

export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
