import { readFileSync, statSync } from 'node:fs'
import { fault, usage } from '#cli/failure'
import { type Form, scalar } from '#cli/inputs'
import type { Terminal } from '#cli/terminal'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'

/** A body is at most this long whatever the operation; the node's own limit is lower. */
const limits = { bytes: 67_108_864, depth: 64 }

export type ReadInput = () => Promise<string>

/** Standard input can be read once, so a second `-` on one command line is a mistake. */
export function inputOnce(terminal: Terminal): ReadInput {
  let taken = false
  return async () => {
    if (taken) throw usage('Standard input (-) can be given to one flag only.')
    taken = true
    return terminal.readInput()
  }
}

/** The value of a flag from its texts: one, or several when it repeats. */
export async function readValue(
  form: Form,
  texts: readonly string[],
  { flag, readInput }: { flag: string; readInput: ReadInput },
): Promise<unknown> {
  if (form.kind === 'list') {
    const values: unknown[] = []
    for (const text of texts) {
      if (form.item.kind !== 'json')
        for (const piece of piecesOf(form, text)) values.push(scalar(form.item, piece, flag))
      else {
        const value = await readJsonValue(text, { flag, readInput, allowsText: form.item.allowsText })
        if (Array.isArray(value)) values.push(...value)
        else values.push(value)
      }
    }
    return values
  }
  const [text, ...more] = texts
  if (text === undefined || more.length > 0) throw usage(`${flag} is given once.`)
  if (form.kind === 'json') return readJsonValue(text, { flag, readInput, allowsText: form.allowsText })
  if (form.kind === 'text' && form.long && text === '-') return (await readInput()).trimEnd()
  return scalar(form, text, flag)
}

/** `ke,fr` is two values where one value could not hold a comma. */
function piecesOf(form: Form & { kind: 'list' }, text: string): string[] {
  if (!text.includes(',')) return [text]
  const closed = form.item.kind === 'choice' || form.item.kind === 'number'
  const pattern = form.item.kind === 'text' ? form.item.pattern : null
  const fits = pattern === null || new RegExp(pattern, 'u').test(text)
  return closed || !fits
    ? text
        .split(',')
        .map((it) => it.trim())
        .filter((it) => it !== '')
    : [text]
}

/** JSON as it stands, `-` for standard input, `@file`, or the name of a file. */
export async function readJsonValue(
  text: string,
  { flag, readInput, allowsText = false }: { flag: string; readInput: ReadInput; allowsText?: boolean },
): Promise<unknown> {
  if (text === '-') return parse(await readInput(), 'standard input', flag)
  if (text.startsWith('@')) return parse(readText(text.slice(1)), text.slice(1), flag)
  if (/^\s*[[{"]/.test(text) || /^(?:null|true|false|-?\d+(?:\.\d+)?)$/.test(text)) return parse(text, 'the text', flag)
  if (isFile(text)) return parse(readText(text), text, flag)
  if (allowsText) return text
  throw usage(`${flag} takes JSON, a file that holds it, or - for standard input. There is no file ${text}`)
}

export function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(file))
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw fault('cli/unreadable', `${file} is not UTF-8 text.`, { cause })
  }
}

export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw fault('cli/unreadable', `${file} cannot be read: ${reasonOf(cause)}`, { cause })
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file.'
  if (code === 'EACCES') return 'this user may not read it.'
  return message
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function parse(text: string, from: string, flag: string): unknown {
  try {
    return parseJson(text, limits)
  } catch (cause) {
    throw fault('cli/usage', `${flag}: ${from} is not JSON. ${(cause as Error).message}`, { cause })
  }
}
