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

/** The tree with the value put at the pointer; `undefined` when the place is taken or the path leads through no object. */
export function place(tree: Tree, pointer: string, value: Json): Tree | undefined {
  const [key, ...path] = parsePointer(pointer)
  if (key === undefined || key === '__proto__') return undefined
  if (path.length === 0) return Object.hasOwn(tree, key) ? undefined : { ...tree, [key]: value }
  const child = Object.hasOwn(tree, key) ? tree[key] : undefined
  if (!isTree(child)) return undefined
  const inner = place(child, `/${path.map(escapeKey).join('/')}`, value)
  return inner && { ...tree, [key]: inner }
}

export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
