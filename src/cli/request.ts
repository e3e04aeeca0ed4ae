import type { Input, OperationCommand } from '#cli/catalogue'
import { type Given, purposeHeaders } from '#cli/command'
import { usage } from '#cli/failure'
import type { Shorthand } from '#cli/shorthands'
import { type ReadInput, readJsonValue, readValue } from '#cli/values'

export interface OperationCall {
  readonly method: string
  /** With its parameters and query filled in. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

interface Options {
  readonly shorthand: Shorthand | undefined
  readonly readInput: ReadInput
}

/** The request that a command line asks for. Throws `cli/usage` for what is missing or cannot be read. */
export async function requestOf(it: OperationCommand, given: Given, options: Options): Promise<OperationCall> {
  const values = await valuesOf(it, given, options)
  const body = it.body === 'none' ? undefined : await bodyOf(it, given, { ...options, values })
  for (const input of it.inputs) {
    const there = input.place === 'body' ? hasMember(body, input.name) : values.has(input)
    if (input.required && input.preset === null && !there) throw missing(it, input, options.shorthand)
  }
  let path = it.path
  const query = new URLSearchParams()
  for (const [{ place, name }, value] of values) {
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)))
    if (place === 'query') for (const one of [value].flat()) query.append(name, textOf(one))
  }
  const search = query.toString()
  return {
    method: it.method.toUpperCase(),
    path: search === '' ? path : `${path}?${search}`,
    headers: purposeHeaders(given),
    body,
  }
}

async function valuesOf(
  it: OperationCommand,
  given: Given,
  { shorthand, readInput }: Options,
): Promise<Map<Input, unknown>> {
  const values = new Map<Input, unknown>()
  for (const input of it.inputs) {
    const texts = given.get(input.flag)
    if (shorthand?.flags?.some((one) => one.name === input.flag)) continue
    if (texts === undefined || texts.length === 0) continue
    const flag = input.positional ? `<${input.flag}>` : `--${input.flag}`
    values.set(input, await readValue(input.form, texts, { flag, readInput }))
  }
  return values
}

/** The whole body when one was given, the members that were given over it, shorthands last. */
async function bodyOf(
  it: OperationCommand,
  given: Given,
  { shorthand, readInput, values }: Options & { values: ReadonlyMap<Input, unknown> },
): Promise<unknown> {
  const wholeFlags = wholeBodyFlags(it)
  const wholes = wholeFlags.filter((one) => given.has(one.name))
  if (wholes.length > 1) throw usage(`Give one of --${wholes.map((one) => one.name).join(' and --')}.`)
  const [whole] = wholes
  const start =
    whole === undefined
      ? {}
      : await readJsonValue(given.get(whole.name)!.at(-1)!, { flag: `--${whole.name}`, readInput })
  if (it.body === 'whole') {
    if (whole === undefined) throw usage(`Give the request with --${wholeFlags.map((one) => one.name).join(' or --')}.`)
    return start
  }
  if (typeof start !== 'object' || start === null || Array.isArray(start))
    throw usage(`--${whole!.name} holds no JSON object.`)
  const body: Record<string, unknown> = { ...start }
  for (const [{ place, name }, value] of values) if (place === 'body') body[name] = value
  for (const one of shorthand?.flags ?? []) {
    const texts = given.get(one.name)
    if (texts !== undefined && texts.length > 0) one.apply(body, texts)
  }
  return body
}

/** `--data` and `--body` give the whole body; where these are members of the body, `--file` does. */
export function wholeBodyFlags({ body, inputs }: OperationCommand): { name: string; value: string; help: string }[] {
  if (body === 'none') return []
  const isFree = (name: string) => inputs.every((it) => it.flag !== name)
  const fromFile = { value: 'file', help: 'the whole request as a JSON file, or - for standard input' }
  const file = ['body', 'file'].find(isFree)
  return [
    ...(isFree('data')
      ? [{ name: 'data', value: 'json', help: 'the whole request as JSON, @file, or - for standard input' }]
      : []),
    ...(file === undefined ? [] : [{ name: file, ...fromFile }]),
  ]
}

function hasMember(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
}

function missing(it: OperationCommand, { flag, name, positional }: Input, shorthand: Shorthand | undefined): Error {
  const instead = shorthand?.instead?.includes(name) ? (shorthand.flags ?? []).map((one) => `--${one.name}`) : []
  const what = instead.length > 0 ? instead.join(', ') : positional ? `<${flag}>` : `--${flag}`
  return usage(`${what} is missing. See: comity ${it.words} --help`)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
