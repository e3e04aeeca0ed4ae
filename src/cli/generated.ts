import { writeFileSync } from 'node:fs'
import type { Input, OperationCommand } from '#cli/catalogue'
import type { CommandShape, Flag, Given, Positional, Session } from '#cli/command'
import { one, purposeFlags } from '#cli/command'
import { exampleOf } from '#cli/example'
import type { Form } from '#cli/inputs'
import { requestOf, wholeBodyFlags } from '#cli/request'
import { shorthandOf } from '#cli/shorthands'

/** The command of an operation: its help and parser come from the schemas, its work is one request. */
export function commandOf(it: OperationCommand): CommandShape {
  const shorthand = shorthandOf(it.operation)
  const own = it.inputs.filter((input) => !input.positional && !shorthand?.instead?.includes(input.name))
  const flags: Flag[] = [
    ...(shorthand?.flags ?? []),
    ...own.filter((input) => !shorthand?.flags?.some((flag) => flag.name === input.flag)).map(flagOf),
  ]
  if (shorthand?.saves !== undefined) flags.push(shorthand.saves.flag)
  for (const flag of [...wholeBodyFlags(it), ...purposeFlags, ...(it.method === 'get' ? [] : [idempotencyFlag])])
    if (!flags.some((known) => known.name === flag.name)) flags.push(flag)
  return {
    words: it.words,
    summary: it.summary,
    notes: `${it.access}${it.purpose ? ' Needs --purpose and --reference.' : ''}`,
    example: shorthand?.example ?? exampleOf(it),
    group: 'node',
    positionals: it.inputs.filter((input) => input.positional).map(positionalOf),
    flags,
    run: (given, session) => runOperation(it, given, session),
  }
}

const idempotencyFlag: Flag = {
  name: 'idempotency-key',
  value: 'key',
  help: 'repeats a request safely; random unless given',
}

async function runOperation(it: OperationCommand, given: Given, session: Session): Promise<undefined> {
  const { inputOnce } = await import('#cli/values')
  const { printReply } = await import('#cli/print')
  const { terminal, json } = session
  const shorthand = shorthandOf(it.operation)
  const request = await requestOf(it, given, { shorthand, readInput: inputOnce(terminal) })
  const key = it.method === 'get' ? undefined : (one(given, 'idempotency-key') ?? crypto.randomUUID())
  const reply = await session.client().call({ ...request, ...(key === undefined ? {} : { idempotencyKey: key }) })
  const saves = shorthand?.saves
  const out = saves === undefined ? undefined : one(given, saves.flag.name)
  if (saves !== undefined && out !== undefined) save(reply.text, { member: saves.member, out, session })
  else printReply(reply.text, { terminal, json, columns: it.columns })
}

function save(text: string, { member, out, session }: { member: string; out: string; session: Session }): void {
  const content = (JSON.parse(text) as Record<string, unknown>)[member]
  // Never over a file that is there: its name may have come from another member.
  writeFileSync(out, Buffer.from(String(content), 'base64'), { flag: 'wx', mode: 0o600 })
  if (!session.json) session.terminal.err(`Written to ${out}\n`)
}

function flagOf({ flag, form, required, description, preset }: Input): Flag {
  const notes = [
    description,
    choicesOf(form) === undefined ? null : `one of: ${choicesOf(form)!.join(', ')}`,
    required && preset === null ? 'required' : null,
    preset === null || ['{}', '[]', 'null', 'false'].includes(preset) ? null : `default: ${preset.replaceAll('"', '')}`,
  ].filter((it) => it !== null)
  const choices = choicesOf(form)
  return {
    name: flag,
    help: notes.join('; '),
    ...(form.kind === 'switch' ? { negatable: true } : { value: placeholder(form) }),
    ...(form.kind === 'list' ? { repeat: true } : {}),
    ...(choices === undefined ? {} : { choices }),
  }
}

function positionalOf({ flag, form, required, description, preset }: Input): Positional {
  const choices = choicesOf(form)
  const help = [description, choices === undefined ? null : `one of: ${choices.join(', ')}`].filter((it) => it !== null)
  return {
    name: flag,
    required: required && preset === null,
    help: help.join('; '),
    ...(form.kind === 'list' ? { repeat: true } : {}),
    ...(choices === undefined ? {} : { choices }),
  }
}

function choicesOf(form: Form): readonly string[] | undefined {
  if (form.kind === 'list') return choicesOf(form.item)
  return form.kind === 'choice' ? form.choices : undefined
}

function placeholder(form: Form): string {
  switch (form.kind) {
    case 'choice':
      return 'word'
    case 'number':
      return 'n'
    case 'instant':
      return 'date'
    case 'list':
      return placeholder(form.item)
    case 'json':
      return 'json|file|-'
    default:
      return form.kind === 'text' && form.long ? 'text|-' : 'text'
  }
}
