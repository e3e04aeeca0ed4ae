import { usage } from '#cli/failure'

/** How the members of a JSON Schema become flags, and the texts of flags become members again. */

export type Schema = Readonly<Record<string, unknown>>

export type Form =
  | { readonly kind: 'text'; readonly long: boolean; readonly pattern: string | null }
  | { readonly kind: 'instant' }
  | { readonly kind: 'number'; readonly whole: boolean }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'list'; readonly item: Form }
  /** Anything else: JSON, or a file that holds it; a bare text where the schema allows one. */
  | { readonly kind: 'json'; readonly allowsText: boolean }

export interface Member {
  readonly name: string
  readonly form: Form
  readonly required: boolean
  readonly description: string | null
  /** As JSON would write it. */
  readonly preset: string | null
}

/** From this length on a text may be too long for a command line, and `-` reads it from standard input. */
const longText = 1_000

export function membersOf(schema: Schema): Member[] | undefined {
  const branches = branchesOf(schema)
  if (branches.length === 0) return undefined
  if (!branches.every((it) => it.type === 'object' && it.properties !== undefined)) return undefined
  const names = new Set(branches.flatMap((it) => Object.keys(it.properties as object)))
  return [...names].map((name) => {
    const found = branches.flatMap((it): Schema[] => {
      const member = (it.properties as Record<string, Schema>)[name]
      return member === undefined ? [] : [member]
    })
    const merged: Schema = found.length === 1 ? found[0]! : { anyOf: found }
    const [first] = found
    return {
      name,
      form: formOf(merged),
      required: branches.every((it) => (it.required as string[] | undefined)?.includes(name)),
      description: typeof first?.description === 'string' ? first.description : null,
      preset: first?.default === undefined ? null : JSON.stringify(first.default),
    }
  })
}

export function formOf(schema: Schema): Form {
  const branches = branchesOf(schema).filter((it) => it.type !== 'null')
  const choices = branches.map(choicesOf)
  if (choices.length > 0 && choices.every((it) => it !== undefined))
    return { kind: 'choice', choices: [...new Set(choices.flat())] }
  const [only, ...others] = branches
  if (only === undefined) return { kind: 'json', allowsText: true }
  if (others.length > 0) {
    const forms = branches.map((it) => formOf(it))
    const kinds = new Set(forms.map((it) => it.kind))
    if (kinds.size === 1 && !['json', 'list'].includes(forms[0]!.kind)) return forms[0]!
    return { kind: 'json', allowsText: kinds.has('text') || kinds.has('choice') || kinds.has('instant') }
  }
  switch (only.type) {
    case 'string':
      if (only.format === 'date-time') return { kind: 'instant' }
      return {
        kind: 'text',
        long: typeof only.maxLength === 'number' ? only.maxLength >= longText : isPlain(only),
        pattern: typeof only.pattern === 'string' ? only.pattern : null,
      }
    case 'integer':
      return { kind: 'number', whole: true }
    case 'number':
      return { kind: 'number', whole: false }
    case 'boolean':
      return { kind: 'switch' }
    case 'array': {
      const item = only.items === undefined ? undefined : (only.items as Schema)
      const form = item === undefined ? undefined : formOf(item)
      if (form === undefined || form.kind === 'list' || form.kind === 'switch')
        return { kind: 'json', allowsText: false }
      return { kind: 'list', item: form }
    }
    default:
      return { kind: 'json', allowsText: only.type === undefined }
  }
}

function isPlain({ format, pattern }: Schema): boolean {
  return format === undefined && pattern === undefined
}

/** The closed list of texts that a schema allows; a list of numbers is read as JSON. */
function choicesOf(schema: Schema): string[] | undefined {
  const values = Array.isArray(schema.enum)
    ? schema.enum.filter((it) => it !== null)
    : schema.const === undefined
      ? []
      : [schema.const]
  return values.length > 0 && values.every((it) => typeof it === 'string') ? values : undefined
}

/** The alternatives of a schema, one level of unions opened; a list of types is a union too. */
function branchesOf(schema: Schema): Schema[] {
  const union = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (union !== undefined) return union.flatMap(branchesOf)
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }))
  return [schema]
}

export function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}

/** Texts that the node itself will read: choices and numbers are checked here, so that a slip costs no round trip. */
export function scalar(form: Form, text: string, flag: string): unknown {
  switch (form.kind) {
    case 'choice':
      if (form.choices.includes(text)) return text
      throw usage(`${flag} takes one of: ${form.choices.join(', ')}. Not: ${text}`)
    case 'number': {
      const number = Number(text)
      if (text.trim() === '' || !Number.isFinite(number) || (form.whole && !Number.isInteger(number)))
        throw usage(`${flag} takes a ${form.whole ? 'whole number' : 'number'}. Not: ${text}`)
      return number
    }
    case 'switch':
      return text === 'true'
    case 'instant':
      return instant(text, flag)
    default:
      return text
  }
}

/** A date or an instant of RFC 3339, to the millisecond in UTC as the protocol writes it. */
function instant(text: string, flag: string): string {
  const known = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const at = known ? new Date(text) : undefined
  if (at === undefined || Number.isNaN(at.getTime()))
    throw usage(`${flag} takes a date or an instant: 2027-01-31 or 2027-01-31T08:00:00Z. Not: ${text}`)
  return at.toISOString()
}
