import type { Json } from '#kernel/canonical'
import { escapeKey, take } from '#protocol/pointer'

export type Body = Record<string, Json>

/** One thing that a record says, and its place: what can be kept from a member alone. */
export interface Fact {
  readonly pointer: string
  /** What kind of thing it is, by its name in the body: `birthDate`, `Passport`, `where`. */
  readonly name: string
  readonly value: Json
}

/** What a record of any type says: its kind, then what is stated, then the rest. */
export function factsOf(body: Body): Fact[] {
  return Object.entries(body)
    .sort(([a, one], [b, other]) => placeOf(a, one) - placeOf(b, other))
    .flatMap(factsIn)
}

function factsIn([name, value]: [string, Json]): Fact[] {
  const pointer = `/body/${escapeKey(name)}`
  if (!isTree(value)) return isNothing(value) ? [] : [{ pointer, name, value }]
  const entries = Object.entries(value)
  if (!entries.every(([, it]) => isTree(it) && nameOf(it) !== undefined)) return [{ pointer, name, value }]
  return entries.map(([key, it]) => ({
    pointer: `${pointer}/${escapeKey(key)}`,
    name: nameOf(it as Body) ?? key,
    value: it,
  }))
}

/** Records arrive with the names in the order of their letters, which is not that of reading. */
function placeOf(name: string, value: Json): number {
  if (name === 'schema') return 0
  const stated = isTree(value) && Object.values(value).some((it) => isTree(it) && typeof it.property === 'string')
  return stated ? 1 : 2
}

/** The body without what these pointers keep back. */
export function without(body: Body, pointers: readonly string[]): Body {
  return pointers.reduce((rest, it) => take(rest, it.slice('/body'.length))?.rest ?? rest, body)
}

/** The fact that a pointer leads to, or to a part of which. */
export function factAt(facts: readonly Fact[], pointer: string): Fact | undefined {
  return (
    facts.find((it) => it.pointer === pointer) ??
    facts.find((it) => pointer.startsWith(`${it.pointer}/`) || it.pointer.startsWith(`${pointer}/`))
  )
}

/** The words of a value alone: of a statement its value, of an entity what is stated of it. */
export function textOf(value: Json, says: (one: string) => string = (it) => it): string {
  if (value === null) return ''
  if (typeof value !== 'object') return says(String(value))
  if (Array.isArray(value)) return joined(value.map((it) => textOf(it, says)))
  if (typeof value.property === 'string') return textOf(value.value ?? null, says)
  return joined(Object.entries(value).flatMap(([key, it]) => (structural.has(key) ? [] : textOf(it, says))))
}

const structural = new Set(['schema', 'reversed'])

function joined(parts: readonly string[]): string {
  return parts.filter((it) => it !== '').join(' · ')
}

/** A statement has the name of its property, an entity that of its schema. */
function nameOf({ property, schema }: Body): string | undefined {
  if (typeof property === 'string') return property
  return typeof schema === 'string' ? schema : undefined
}

function isTree(value: Json): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNothing(value: Json): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
}
