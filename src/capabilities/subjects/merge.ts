import type { Statement, Subject } from '#capabilities/subjects/record'
import { fault } from '#capabilities/subjects/rules'
import { canonical, type Json } from '#kernel/canonical'
import { newKey } from '#kernel/ids'
import { type Audience, effective, type Handling, type Mark, meet, tlpLabels } from '#protocol/handling'
import { place, take } from '#protocol/pointer'

/**
 * Two subjects of our own that are one: what the other says is added to the kept one, each statement with where it came from, and
 * under the other's handling wherever that is narrower (protocol point 3: what is derived from two obeys both). Everything that is
 * added or taken out is named, so that it can be undone.
 */

export interface Whole {
  readonly id: string
  readonly version: number
  readonly handling: Handling
  readonly body: Subject
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Contents {
  readonly body: Subject
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Merged extends Contents {
  /** Pointers of what was added. */
  readonly brought: readonly string[]
  /** What was taken out, by pointer: relations of the kept one to the other. */
  readonly dropped: Readonly<Record<string, Dropped>>
}

export interface Dropped {
  readonly value: Json
  /** Marks on it and in it, by pointer. */
  readonly marks: Readonly<Record<string, Mark>>
}

export function mergeBodies(kept: Whole, other: Whole, makeKey: () => string = newKey): Merged {
  const body = structuredClone(kept.body) as Subject
  const marks: Record<string, Mark> = { ...kept.marks }
  const narrower = narrowing(kept.handling, other.handling)
  const brought: string[] = []
  const dropped: Record<string, Dropped> = {}
  for (const [key, it] of Object.entries(body.relations)) {
    if (!('record' in it.other) || it.other.record !== other.id) continue
    const pointer = `/body/relations/${key}`
    dropped[pointer] = { value: it as unknown as Json, marks: takeMarks(marks, pointer) }
    delete body.relations[key]
  }
  const bring = (place: 'statements' | 'holds' | 'relations', from: string, value: object) => {
    let key = makeKey()
    while (Object.hasOwn(body[place], key)) key = makeKey()
    ;(body[place] as Record<string, object>)[key] = value
    const [was, is] = [`/body/${place}/${from}`, `/body/${place}/${key}`]
    brought.push(is)
    for (const [pointer, mark] of Object.entries(other.marks))
      if (pointer === was || pointer.startsWith(`${was}/`)) marks[`${is}${pointer.slice(was.length)}`] = mark
    if (narrower !== undefined) marks[is] = joined(narrower, marks[is])
  }
  const said = new Set(Object.values(kept.body.statements).map(saying))
  for (const [key, it] of Object.entries(other.body.statements)) {
    if (said.has(saying(it))) continue
    bring('statements', key, explained(it, { kept, other }))
  }
  const held = new Set(Object.values(kept.body.holds).map((it) => sayings(it)))
  for (const [key, it] of Object.entries(other.body.holds)) {
    if (!held.has(sayings(it))) bring('holds', key, { ...it, statements: explainedAll(it.statements, { kept, other }) })
  }
  const related = new Set(Object.values(kept.body.relations).map((it) => canonical(it as unknown as Json)))
  for (const [key, it] of Object.entries(other.body.relations)) {
    if ('record' in it.other && it.other.record === kept.id) continue
    if (!related.has(canonical(it as unknown as Json)))
      bring('relations', key, { ...it, statements: explainedAll(it.statements, { kept, other }) })
  }
  return { body, marks, brought, dropped }
}

/** The kept record without what the merge brought, and with what it took out. What was changed since stays changed. */
export function unmergeBody(current: Contents, { brought, dropped }: Pick<Merged, 'brought' | 'dropped'>): Contents {
  let body = structuredClone(current.body) as unknown as Record<string, Json>
  const marks: Record<string, Mark> = { ...current.marks }
  for (const pointer of brought) {
    body = take(body, pointer.slice('/body'.length))?.rest ?? body
    takeMarks(marks, pointer)
  }
  for (const [pointer, { value, marks: own }] of Object.entries(dropped))
    if (place(body, pointer.slice('/body'.length), structuredClone(value))) Object.assign(marks, own)
  return { body: body as unknown as Subject, marks }
}

/** The other record with a relation that says where it went, for those who may know of the kept one. */
export function pointAt(other: Contents, kept: Pick<Whole, 'id' | 'handling'>, key: string): Contents {
  const relation = {
    schema: 'UnknownLink' as const,
    other: { record: kept.id as `rec_${string}` },
    statements: { [key]: { property: 'role', value: mergedRole } },
  }
  return {
    body: { ...other.body, relations: { ...other.body.relations, [key]: relation } },
    marks: { ...other.marks, [`/body/relations/${key}`]: { audience: kept.handling.audience } },
  }
}

export const mergedRole = 'merged into'

/** Takes the marks on a value and in it out, and returns them. */
function takeMarks(marks: Record<string, Mark>, pointer: string): Record<string, Mark> {
  const taken: Record<string, Mark> = {}
  for (const at of Object.keys(marks)) {
    if (at !== pointer && !at.startsWith(`${pointer}/`)) continue
    taken[at] = marks[at]!
    delete marks[at]
  }
  return taken
}

interface Two {
  readonly kept: Whole
  readonly other: Whole
}

/** A statement takes what it does not carry from its record's header: in another record it has to carry it itself. */
function explained(it: Statement, { kept, other }: Two): Statement {
  const own: Statement = { ...it, source: it.source ?? `${other.id}, version ${other.version}` }
  const inherit = (name: 'grading' | 'category' | 'nature' | 'basis') => {
    if (own[name] !== undefined || (name === 'category' && other.handling.category === 'none')) return
    if (canonical(kept.handling[name] as Json) !== canonical(other.handling[name] as Json))
      Object.assign(own, { [name]: other.handling[name] })
  }
  for (const name of ['grading', 'category', 'nature', 'basis'] as const) inherit(name)
  return own
}

function explainedAll(statements: Readonly<Record<string, Statement>>, two: Two): Record<string, Statement> {
  return Object.fromEntries(Object.entries(statements).map(([key, it]) => [key, explained(it, two)]))
}

/** The elements in which the second header is narrower than the first: what comes from it keeps them. */
export function narrowing(kept: Handling, other: Handling): Mark | undefined {
  const both = meet(effective(kept), { ...other, codes: other.codes })
  const mark: Mark = {}
  if (tlpLabels.indexOf(other.tlp) > tlpLabels.indexOf(kept.tlp)) mark.tlp = other.tlp
  if (both.codes.length > kept.codes.length) mark.codes = other.codes
  if (both.purposes.length < kept.purposes.length) mark.purposes = other.purposes
  if (both.onward !== kept.onward) mark.onward = other.onward
  if (other.expiresAt < kept.expiresAt) mark.expiresAt = other.expiresAt
  if (!covers(other.audience, kept.audience)) mark.audience = other.audience
  return Object.keys(mark).length === 0 ? undefined : mark
}

function covers(wide: Audience, narrow: Audience): boolean {
  return (['members', 'groups', 'sectors'] as const).every((list) =>
    (narrow[list] as readonly string[]).every((it) => (wide[list] as readonly string[]).includes(it)),
  )
}

/** The header's narrowing met with a mark that the entry has already. */
function joined(narrower: Mark, own: Mark | undefined): Mark {
  if (own === undefined) return narrower
  const { audience, purposes, ...rest } = own
  const tlp = [own.tlp, narrower.tlp].filter((it) => it !== undefined)
  const codes = [...(own.codes ?? []), ...(narrower.codes ?? [])]
  const shared = purposes?.filter((it) => narrower.purposes?.includes(it) ?? true) ?? narrower.purposes
  if (shared?.length === 0)
    throw fault(
      'subjects/merge-handling',
      'A field of the other record has no purpose for which it could be used here.',
      {
        rule: 'protocol point 3: handling is inherited',
      },
    )
  return {
    ...narrower,
    ...rest,
    ...(tlp.length === 0 ? {} : { tlp: tlp.sort((a, b) => tlpLabels.indexOf(b) - tlpLabels.indexOf(a))[0]! }),
    ...(codes.length === 0 ? {} : { codes: [...new Map(codes.map((it) => [canonical(it), it])).values()] }),
    ...(shared === undefined ? {} : { purposes: shared }),
    ...(audience === undefined ? {} : { audience: common(audience, narrower.audience) }),
    ...(own.expiresAt !== undefined && narrower.expiresAt !== undefined
      ? { expiresAt: [own.expiresAt, narrower.expiresAt].sort()[0]! }
      : {}),
    ...(own.onward !== undefined && narrower.onward !== undefined
      ? { onward: [own.onward, narrower.onward].sort((a, b) => order.indexOf(a) - order.indexOf(b))[0]! }
      : {}),
  }
}

const order = ['no', 'ask', 'audience'] as const

/** Those whom both audiences name in the same way: fewer than both, never more. */
function common(a: Audience, b: Audience | undefined): Audience {
  if (b === undefined) return a
  return {
    members: a.members.filter((it) => b.members.includes(it)),
    groups: a.groups.filter((it) => b.groups.includes(it)),
    sectors: a.sectors.filter((it) => b.sectors.includes(it)),
  }
}

const saying = ({ property, value }: Statement) => JSON.stringify([property, value])
const sayings = ({ schema, statements }: { schema: string; statements: Readonly<Record<string, Statement>> }) =>
  JSON.stringify([schema, ...Object.values(statements).map(saying).sort()])
