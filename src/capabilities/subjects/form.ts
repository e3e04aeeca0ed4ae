import type { Statement, Subject } from '#capabilities/subjects/record'
import type { Json } from '#kernel/canonical'
import type { Mark } from '#protocol/handling'
import { parsePointer } from '#protocol/pointer'
import { type SchemaName, schemata } from '#protocol/vocabulary'

/**
 * A subject while it is written: its body and the marks on its fields, as they will be sent, but with gaps. Runs in the browser and
 * changes nothing in place.
 */
export interface Writing {
  readonly body: Subject
  readonly marks: Readonly<Record<string, Mark>>
}

export type Statements = Readonly<Record<string, Statement>>

export const emptySubject = (schema: Subject['schema'], key: string): Writing => ({
  body: {
    schema,
    statements: { [key]: { property: firstProperty(schema), value: '' } },
    holds: {},
    relations: {},
    action: 'none',
    discreet: false,
  },
  marks: {},
})

/** The property that a new entity of a schema is asked for first. */
export function firstProperty(schema: SchemaName): string {
  const wanted = ['name', 'number', 'iban', 'publicKey', 'full', 'relationship', 'role']
  const known: readonly string[] = schemata[schema]
  return wanted.find((it) => known.includes(it)) ?? known[0]!
}

type Tree = { readonly [key: string]: unknown }

function changedAt(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [name, ...rest] = path as [string, ...string[]]
  if (rest.length > 0) return { ...tree, [name]: changedAt((tree[name] ?? {}) as Tree, rest, value) }
  if (value !== undefined) return { ...tree, [name]: value }
  const { [name]: _, ...others } = tree
  return others
}

/** With this value at a pointer of the body; without any, when it is undefined, and then without the marks there. */
export function put(writing: Writing, pointer: string, value: unknown): Writing {
  const body = changedAt(writing.body as unknown as Tree, parsePointer(pointer).slice(1), value) as unknown as Subject
  if (value !== undefined) return { ...writing, body }
  const marks = Object.entries(writing.marks).filter(([at]) => at !== pointer && !at.startsWith(`${pointer}/`))
  return { body, marks: Object.fromEntries(marks) }
}

export function putMark(writing: Writing, pointer: string, mark: Mark | undefined): Writing {
  const { [pointer]: _, ...rest } = writing.marks
  return { ...writing, marks: mark === undefined ? rest : { ...rest, [pointer]: mark } }
}

/** What is sent: without the rows that were left empty, and without what was left open in the others. */
export function finished({ body, marks }: Writing): Writing {
  const statements = (all: Statements): Record<string, Statement> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, it]) => {
        const { lang, source, value, ...rest } = it
        const kept = {
          ...rest,
          value: value.trim(),
          ...(lang?.trim() ? { lang: lang.trim() } : {}),
          ...(source?.trim() ? { source: source.trim() } : {}),
        }
        return kept.value === '' ? [] : [[key, kept]]
      }),
    )
  const clean: Subject = {
    ...body,
    statements: statements(body.statements),
    holds: Object.fromEntries(
      Object.entries(body.holds).map(([key, it]) => [key, { ...it, statements: statements(it.statements) }]),
    ),
    relations: Object.fromEntries(
      Object.entries(body.relations).map(([key, it]) => [
        key,
        {
          ...it,
          other: 'record' in it.other ? it.other : { ...it.other, statements: statements(it.other.statements) },
          statements: statements(it.statements),
        },
      ]),
    ),
  }
  const there = Object.entries(marks).filter(([pointer]) => valueAt(clean, pointer) !== undefined)
  return { body: clean, marks: Object.fromEntries(there) }
}

function valueAt(body: Subject, pointer: string): unknown {
  return parsePointer(pointer)
    .slice(1)
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Tree)[key] : undefined), body)
}

/** What is wrong with a field, told before anything is sent. `problem` is a key of the words, `rule` what asks for it. */
export interface FieldProblem {
  readonly pointer: string
  readonly problem:
    | 'no-fact'
    | 'no-such-property'
    | 'too-long'
    | 'not-a-date'
    | 'grading-in-part'
    | 'basis-in-part'
    | 'no-other'
    | 'category'
    | 'review-after-expiry'
    | 'expired'
    | 'nothing-left'
  readonly rule: string
}

const dated = /Date$/
const partialDate = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/
export const countryProperties: ReadonlySet<string> = new Set([
  'country',
  'nationality',
  'citizenship',
  'jurisdiction',
  'mainCountry',
  'birthCountry',
  'flag',
])
export const longProperties: ReadonlySet<string> = new Set(['notes', 'summary', 'appearance'])
const longest = 4_096
const vocabulary = 'FollowTheMoney vocabulary'

/** The places of all statements, each with the schema that says which properties it can have. */
export function entitiesOf({ body }: Writing): { pointer: string; schema: SchemaName; statements: Statements }[] {
  return [
    { pointer: '/body', schema: body.schema, statements: body.statements },
    ...Object.entries(body.holds).map(([key, it]) => ({ pointer: `/body/holds/${key}`, ...it })),
    ...Object.entries(body.relations).flatMap(([key, { schema, statements, other }]) => [
      { pointer: `/body/relations/${key}`, schema, statements },
      ...('record' in other ? [] : [{ pointer: `/body/relations/${key}/other`, ...other }]),
    ]),
  ]
}

interface Header {
  readonly category: string
  readonly reviewAt: string
  readonly expiresAt: string
}

export function problemsOf(writing: Writing, header: Header, now: Date): FieldProblem[] {
  const ready = finished(writing)
  const found: FieldProblem[] = []
  for (const { pointer, schema, statements } of entitiesOf(ready)) {
    const isRelation = /^\/body\/relations\/[^/]+$/.test(pointer)
    if (Object.keys(statements).length === 0 && !isRelation)
      found.push({ pointer: `${pointer}/statements`, problem: 'no-fact', rule: vocabulary })
    for (const [key, it] of Object.entries(statements))
      found.push(...problemsOfStatement(it, `${pointer}/statements/${key}`, schema))
  }
  for (const [key, { other }] of Object.entries(ready.body.relations))
    if ('record' in other && other.record === ('' as string))
      found.push({ pointer: `/body/relations/${key}/other`, problem: 'no-other', rule: vocabulary })
  if (ready.body.schema === 'Person' && header.category === 'none')
    found.push({ pointer: '/handling/category', problem: 'category', rule: 'Directive (EU) 2016/680 article 6' })
  if (header.expiresAt <= now.toISOString())
    found.push({ pointer: '/handling/expiresAt', problem: 'expired', rule: 'protocol point 3' })
  else if (header.reviewAt > header.expiresAt)
    found.push({ pointer: '/handling/reviewAt', problem: 'review-after-expiry', rule: 'protocol point 3' })
  const open = Object.keys(ready.body.statements).filter((it) => ready.marks[`/body/statements/${it}`] === undefined)
  if (open.length === 0 && Object.keys(ready.body.statements).length > 0)
    found.push({ pointer: '/body/statements', problem: 'nothing-left', rule: 'protocol point 3' })
  return found
}

function problemsOfStatement(it: Statement, pointer: string, schema: SchemaName): FieldProblem[] {
  const found: FieldProblem[] = []
  const say = (field: string, problem: FieldProblem['problem'], rule: string) =>
    found.push({ pointer: `${pointer}/${field}`, problem, rule })
  if (!(schemata[schema] as readonly string[]).includes(it.property)) say('property', 'no-such-property', vocabulary)
  if (it.value.length > longest) say('value', 'too-long', vocabulary)
  else if (dated.test(it.property) && !partialDate.test(it.value)) say('value', 'not-a-date', 'ISO 8601')
  if (it.grading !== undefined && (!it.grading.source || !it.grading.information))
    say('grading', 'grading-in-part', 'protocol point 3')
  if (it.basis !== undefined && (it.basis.instrument.trim().length < 2 || it.basis.provision.trim() === ''))
    say('basis', 'basis-in-part', 'protocol point 3')
  return found
}

/** Where what the node refuses is shown: the pointers that its answer names, each with what it says. */
export function refusedAt(details: Readonly<Record<string, unknown>>, message: string): Map<string, string> {
  const found = new Map<string, string>()
  const add = (pointer: unknown, text: string) => {
    if (typeof pointer === 'string' && pointer.startsWith('/')) found.set(pointer, text)
  }
  add(details.pointer, message)
  for (const it of listOf(details.pointers)) add(it, message)
  for (const it of listOf(details.issues)) {
    const { at, message: text } = (it ?? {}) as { at?: unknown; message?: unknown }
    add(at, typeof text === 'string' ? text : message)
  }
  return found
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** The properties of a schema in the order of the vocabulary: what is most asked for comes first. */
export function inOrder<Said extends { readonly property: string }>(
  schema: SchemaName,
  statements: Readonly<Record<string, Said>>,
): [string, Said][] {
  const order: readonly string[] = schemata[schema] ?? []
  const rank = ({ property }: Said) => {
    const at = order.indexOf(property)
    return at === -1 ? order.length : at
  }
  return Object.entries(statements).sort(([, a], [, b]) => rank(a) - rank(b))
}
