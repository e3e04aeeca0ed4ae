import { CommanderError } from 'commander'
import type { Client } from '#cli/client'
import type { CommandShape, Given, Session } from '#cli/command'
import { exitCodes, usage } from '#cli/failure'
import { ownCommands } from '#cli/own-commands'
import { buildProgram, unknownCommand } from '#cli/program'
import type { Terminal } from '#cli/terminal'

export interface RunOptions {
  readonly terminal: Terminal
  /** The commands that the operations of the API give. */
  readonly loadShapes: (terminal: Terminal) => Promise<readonly CommandShape[]>
}

/** One command line. Returns the exit code; prints what went wrong. */
export async function run(argv: readonly string[], { terminal, loadShapes }: RunOptions): Promise<number> {
  const json = argv.includes('--json')
  let code: number = exitCodes.ok
  try {
    const wanted = ['--version', '-V'].includes(argv[0] ?? '') ? ['version', ...argv.slice(1)] : argv
    const all = async () => [...ownCommands, ...withoutOwn(await loadShapes(terminal))]
    const shapes = isOwn(wanted) ? ownCommands : await all()
    const execute = async (
      shape: CommandShape,
      given: Given,
      global: { json: boolean; profile: string | undefined },
    ) => {
      code = (await shape.run(given, await sessionOf({ ...global, terminal, all }))) ?? exitCodes.ok
    }
    await buildProgram({ shapes, terminal, run: execute }).parseAsync(wanted, { from: 'user' })
    return code
  } catch (cause) {
    if (cause instanceof CommanderError && cause.exitCode === 0) return exitCodes.ok
    const { report } = await import('#cli/problem')
    return report(cause instanceof CommanderError ? await mistakeOf(cause, argv, loadShapes(terminal)) : cause, {
      terminal,
      json,
    })
  }
}

/** Whether the words are those of a command that needs no catalogue of operations. */
function isOwn(argv: readonly string[]): boolean {
  const words = wordsOf(argv)
  return ownCommands.some((it) => it.words.split(' ').every((word, at) => words[at] === word))
}

function wordsOf(argv: readonly string[]): string[] {
  const first = argv.findIndex((it) => it.startsWith('-'))
  return argv.slice(0, first < 0 ? undefined : first)
}

function withoutOwn(shapes: readonly CommandShape[]): CommandShape[] {
  return shapes.filter((it) => !ownCommands.some((own) => own.words === it.words))
}

async function sessionOf({
  terminal,
  json,
  profile,
  all,
}: {
  terminal: Terminal
  json: boolean
  profile: string | undefined
  all: () => Promise<readonly CommandShape[]>
}): Promise<Session> {
  const { openClient } = await import('#cli/client')
  const { connectionOf } = await import('#cli/connection')
  let client: Client | undefined
  return {
    terminal,
    json,
    profile,
    client: () => {
      client ??= openClient(connectionOf(terminal, profile), terminal)
      return client
    },
    shapes: all,
  }
}

/** What commander objects to, as a usage fault in our words. */
async function mistakeOf(
  cause: CommanderError,
  argv: readonly string[],
  shapes: Promise<readonly CommandShape[]>,
): Promise<Error> {
  const phrases = [...ownCommands, ...(await shapes)].map((it) => it.words)
  const words = wordsOf(argv)
  const tooMany = ['commander.excessArguments', 'commander.unknownCommand'].includes(cause.code)
  if (tooMany && !phrases.includes(words.join(' '))) return unknownCommand(words.join(' '), phrases)
  const message = cause.message.replace(/^error: /, '')
  return usage(`${message[0]?.toUpperCase()}${message.slice(1)}${message.endsWith(')') ? '' : '.'} See --help.`)
}
