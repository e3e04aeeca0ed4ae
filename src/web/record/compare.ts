import type { Json } from '#kernel/canonical'
import { escapeKey } from '#protocol/pointer'

/** What of a record can differ between two versions: its header, its body, and the marks on single fields. */
export interface Contents {
  readonly handling: object
  readonly body: object
  readonly marks: Readonly<Record<string, object>>
}

/** One thing that is not the same: without `before` it was added, without `after` taken out. */
export interface Difference {
  readonly place: 'handling' | 'body' | 'mark'
  /** In the record; of a mark, what it is on. */
  readonly pointer: string
  readonly before?: Json
  readonly after?: Json
}

type Tree = Record<string, Json>

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values say the same, whatever the order of their members. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((it, at) => same(it, b[at]))
  if (!isTree(a) || !isTree(b)) return false
  const names = Object.keys(a).filter((it) => a[it] !== undefined)
  return (
    names.length === Object.keys(b).filter((it) => b[it] !== undefined).length &&
    names.every((it) => Object.hasOwn(b, it) && same(a[it], b[it]))
  )
}

export const keyOf = ({ place, pointer }: Pick<Difference, 'place' | 'pointer'>) => `${place} ${pointer}`

/** The smallest things that are compared: elements of the header, entries of the body, marks. */
function unitsOf({
  handling,
  body,
  marks,
}: Contents): Map<string, Required<Pick<Difference, 'place' | 'pointer'>> & { value: Json }> {
  const units: (Pick<Difference, 'place' | 'pointer'> & { value: Json })[] = []
  for (const [name, value] of Object.entries(handling as Tree))
    units.push({ place: 'handling', pointer: `/handling/${name}`, value })
  for (const [name, value] of Object.entries(body as Tree)) {
    const pointer = `/body/${escapeKey(name)}`
    if (!isTree(value)) units.push({ place: 'body', pointer, value })
    else
      for (const [key, inner] of Object.entries(value))
        units.push({ place: 'body', pointer: `${pointer}/${escapeKey(key)}`, value: inner })
  }
  for (const [pointer, mark] of Object.entries(marks)) units.push({ place: 'mark', pointer, value: mark as Json })
  return new Map(units.filter((it) => it.value !== undefined).map((it) => [keyOf(it), it]))
}

/** What is not the same in two versions, in the order: header, body, marks. */
export function differencesOf(before: Contents, after: Contents): Difference[] {
  const [was, is] = [unitsOf(before), unitsOf(after)]
  const found: Difference[] = []
  for (const [key, { place, pointer, value }] of was) {
    const now = is.get(key)
    if (now === undefined) found.push({ place, pointer, before: value })
    else if (!same(value, now.value)) found.push({ place, pointer, before: value, after: now.value })
  }
  for (const [key, { place, pointer, value }] of is) if (!was.has(key)) found.push({ place, pointer, after: value })
  const order = { handling: 0, body: 1, mark: 2 }
  return found.sort((a, b) => order[a.place] - order[b.place])
}

/** The contents with these differences made. What a difference was found against does not count: the last word stands. */
export function applied<Kind extends Contents>(contents: Kind, differences: readonly Difference[]): Kind {
  const { handling, body, marks } = structuredClone({
    handling: contents.handling,
    body: contents.body,
    marks: contents.marks,
  }) as { handling: Tree; body: Tree; marks: Tree }
  for (const { place, pointer, after } of differences) {
    if (place === 'mark') set(marks, [pointer], after)
    else set(place === 'handling' ? handling : body, namesIn(pointer).slice(1), after)
  }
  return { ...contents, handling, body, marks }
}

function namesIn(pointer: string): string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function set(tree: Tree, path: readonly string[], value: Json | undefined): void {
  const [name, ...rest] = path
  if (name === undefined || name === '__proto__') return
  if (rest.length > 0) {
    const inner = Object.hasOwn(tree, name) ? tree[name] : undefined
    if (isTree(inner)) set(inner, rest, value)
    else if (value !== undefined) {
      const made: Tree = {}
      tree[name] = made
      set(made, rest, value)
    }
  } else if (value === undefined) delete tree[name]
  else tree[name] = structuredClone(value)
}

/** One thing that I or another changed since the version that I began with. */
export interface BothWays {
  readonly key: string
  readonly mine?: Difference
  readonly theirs?: Difference
  /** Both changed it, and not to the same. */
  readonly clash: boolean
}

/** What I changed beside what another changed meanwhile, since the same version. */
export function bothWays(base: Contents, mine: Contents, theirs: Contents): BothWays[] {
  const own = new Map(differencesOf(base, mine).map((it) => [keyOf(it), it]))
  const others = new Map(differencesOf(base, theirs).map((it) => [keyOf(it), it]))
  return [...new Set([...own.keys(), ...others.keys()])].map((key) => {
    const [a, b] = [own.get(key), others.get(key)]
    return {
      key,
      ...(a === undefined ? {} : { mine: a }),
      ...(b === undefined ? {} : { theirs: b }),
      clash: a !== undefined && b !== undefined && !same(a.after, b.after),
    }
  })
}

/** What I changed, made again on what is there now; where both changed the same, mine only if it is not given up. */
export function reapplied<Kind extends Contents>(
  lines: readonly BothWays[],
  theirs: Kind,
  givenUp: ReadonlySet<string>,
): Kind {
  return applied(
    theirs,
    lines.flatMap(({ key, mine }) => (mine === undefined || givenUp.has(key) ? [] : [mine])),
  )
}
