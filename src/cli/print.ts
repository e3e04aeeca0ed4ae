import { printable } from '#cli/printable'
import { tableOf } from '#cli/table'
import type { Terminal } from '#cli/terminal'

interface PrintOptions {
  readonly terminal: Terminal
  readonly json: boolean
  readonly columns: readonly string[] | null
}

type Thing = Readonly<Record<string, unknown>>

/** Prints the reply of a node: exactly as it came with `--json`, else as a table or as names and values. */
export function printReply(text: string, { terminal, json, columns }: PrintOptions): void {
  if (json) printJson(text, terminal)
  else printValue(JSON.parse(text), { terminal, columns })
}

/** One JSON document. A screen gets control characters as escapes, which leaves the document the same. */
export function printJson(document: string, terminal: Terminal): void {
  const escaped = (it: string) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`
  const text =
    terminal.columns === undefined
      ? document
      : document.replaceAll(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, escaped)
  terminal.out(text.endsWith('\n') ? text : `${text}\n`)
}

export function printValue(value: unknown, { terminal, columns }: Omit<PrintOptions, 'json'>): void {
  const listed = columns !== null && hasAll(value, columns) ? undefined : listIn(value, columns !== null)
  if (listed === undefined) {
    terminal.out(linesOf(value))
    return
  }
  const { name, items, rest } = listed
  const shown = columns ?? columnsOf(items)
  const { next, ...others } = rest
  terminal.out(headLines(others))
  if (items.length === 0) terminal.out(name === 'items' ? 'Nothing found.\n' : `No ${name}.\n`)
  else {
    const rows = items.map((it) => shown.map((column) => cellOf(at(it, column))))
    terminal.out(tableOf(shown, rows, terminal.columns))
  }
  if (typeof next === 'string' || typeof next === 'number')
    terminal.err(`There are more: --after ${printable(String(next))}\n`)
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return isThing(value) && names.every((name) => Object.hasOwn(value, name))
}

/** What a reply says of the whole list, as far as it is single values and not an echo of the request. */
function headLines(rest: Thing): string {
  const single = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, it]) => (typeof it !== 'object' || it === null) && name !== 'limit' && name !== 'offset',
    ),
  )
  return Object.keys(single).length === 0 ? '' : `${linesOf(single)}\n`
}

interface Listed {
  readonly name: string
  readonly items: readonly Thing[]
  readonly rest: Thing
}

/**
 * The list that a reply is about: itself, its `items` or `results`, or its only list of things. Where the operation names no columns, a
 * reply with more than single values beside its list is about itself, as a record with its duties is.
 */
function listIn(value: unknown, hasColumns: boolean): Listed | undefined {
  if (Array.isArray(value) && value.every(isThing)) return { name: 'items', items: value, rest: {} }
  if (!isThing(value)) return undefined
  const lists = Object.keys(value).filter((name) => isList(value[name], hasColumns || name === 'items'))
  const named = ['items', ...(hasColumns ? ['results'] : [])].find((it) => lists.includes(it))
  const name = named ?? (lists.length === 1 ? lists[0] : undefined)
  if (name === undefined) return undefined
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
  if (name !== 'items' && !hasColumns && Object.values(rest).some((it) => isThing(it))) return undefined
  return { name, items: value[name] as readonly Thing[], rest }
}

/** An empty list could be one of texts. */
function isList(value: unknown, evenEmpty: boolean): boolean {
  return Array.isArray(value) && (value.length > 0 || evenEmpty) && value.every(isThing)
}

/** At most six columns of single values, in the order of the first item. */
function columnsOf(items: readonly Thing[]): string[] {
  const names = Object.keys(items[0] ?? {})
  const single = names.filter((name) => items.every((it) => typeof it[name] !== 'object' || it[name] === null))
  return (single.length > 0 ? single : names).slice(0, 6)
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((it, name) => (isThing(it) ? it[name] : undefined), value)
}

export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.map((it) => (typeof it === 'object' ? JSON.stringify(it) : String(it))).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Names and values, one a line; what is inside a value is indented below its name. */
export function linesOf(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return value.map((it) => itemLines(it, indent)).join('')
  if (!isThing(value)) return `${indent}${printable(cellOf(value))}\n`
  const names = Object.keys(value).filter((name) => value[name] !== undefined)
  const width = Math.max(0, ...names.map((it) => printable(it).length))
  return names
    .map((name) => {
      const inner = value[name]
      const label = printable(name)
      if (typeof inner === 'string' && inner.trimEnd().includes('\n'))
        return `${indent}${label}\n${block(inner, indent)}`
      if (isNested(inner)) return `${indent}${label}\n${linesOf(inner, `${indent}  `)}`
      const text = printable(cellOf(isEmpty(inner) ? null : inner))
      return `${indent}${label.padEnd(width)}  ${text}\n`
    })
    .join('')
}

function block(text: string, indent: string): string {
  const lines = text.trimEnd().split(/\r?\n/)
  return lines.map((it) => `${indent}  ${printable(it)}\n`).join('')
}

function itemLines(value: unknown, indent: string): string {
  const lines = linesOf(value, `${indent}  `)
  return `${indent}- ${lines.slice(indent.length + 2)}`
}

function isNested(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((it) => typeof it === 'object' && it !== null)
  return isThing(value) && Object.keys(value).length > 0
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
