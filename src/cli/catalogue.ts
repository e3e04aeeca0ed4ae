import { z } from 'zod'
import { formOf, kebab, type Member, membersOf, type Schema } from '#cli/inputs'
import { fullPath, type Operation } from '#http/operation'

/**
 * What the command line knows of the operations that have a command: plain JSON, so that it can be kept in a file and a
 * command starts without loading the capabilities.
 */
export interface OperationCommand {
  readonly operation: string
  readonly words: string
  readonly summary: string
  readonly method: Operation['method']
  readonly path: string
  readonly purpose: boolean
  /** For whom, and with which scope of a token. */
  readonly access: string
  readonly inputs: readonly Input[]
  readonly body: 'none' | 'members' | 'whole'
  readonly columns: readonly string[] | null
}

export interface Input extends Member {
  readonly place: 'path' | 'query' | 'body'
  /** Name of the flag or of the positional. */
  readonly flag: string
  readonly positional: boolean
}

/** Flags that every command of the API has; a member of the same name gets its place in front: `--body-json`. */
export const reservedFlags = ['json', 'profile', 'help', 'idempotency-key'] as const

export function describeCommands(operations: readonly Operation[]): OperationCommand[] {
  return operations.flatMap((it) => (it.command === undefined ? [] : [describe(it, it.command)]))
}

function describe(it: Operation, command: NonNullable<Operation['command']>): OperationCommand {
  const bodyMembers = it.body === undefined ? undefined : membersOf(schemaOf(it.body))
  const inputs: Input[] = []
  const add = (place: Input['place'], members: readonly Member[]) => {
    for (const member of members) {
      const name = kebab(member.name)
      const taken = inputs.some((one) => one.flag === name) || (reservedFlags as readonly string[]).includes(name)
      const positional = command.positional?.includes(member.name) === true && !taken
      inputs.push({ ...member, place, flag: taken ? `${place}-${name}` : name, positional })
    }
  }
  add('path', pathMembers(it))
  add('query', it.query === undefined ? [] : (membersOf(schemaOf(it.query)) ?? []))
  add('body', bodyMembers ?? [])
  const order = command.positional ?? []
  return {
    operation: it.id,
    words: command.words,
    summary: it.summary,
    method: it.method,
    path: fullPath(it),
    purpose: it.access.purpose === true,
    access: accessText(it),
    inputs: inputs.sort((a, b) => place(order, a) - place(order, b)),
    body: it.body === undefined ? 'none' : bodyMembers === undefined ? 'whole' : 'members',
    columns: command.columns ?? null,
  }
}

function accessText({ access: { roles, scope } }: Operation): string {
  if (roles === 'anyone') return 'For anyone.'
  return `${roles === 'signed-in' ? 'For all who are signed in' : `For: ${roles.join(', ')}`}. Token scope: ${scope}.`
}

/** Positionals in the order that the operation names, flags after them as they come. */
function place(order: readonly string[], { positional, name }: Input): number {
  return positional ? order.indexOf(name) : order.length
}

/** Every name in the path is asked for, even if an operation forgot its schema. */
function pathMembers(it: Operation): Member[] {
  const described = it.params === undefined ? [] : (membersOf(schemaOf(it.params)) ?? [])
  return [...it.path.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name]) => ({
    ...(described.find((one) => one.name === name) ?? {
      name: name!,
      form: formOf({ type: 'string' }),
      description: null,
      preset: null,
    }),
    required: true,
  }))
}

function schemaOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
}
