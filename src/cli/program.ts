import { Argument, Command, Option } from 'commander'
import type { CommandShape, Flag, Given, Positional } from '#cli/command'
import { usage } from '#cli/failure'
import { nearestPhrase } from '#cli/nearest'
import type { Terminal } from '#cli/terminal'

const headings = { node: 'With a node:', machine: 'On this machine:' } as const

export const globalFlags: readonly Flag[] = [
  { name: 'json', help: 'machine output: one JSON document' },
  { name: 'profile', value: 'name', help: 'the profile to use (COMITY_PROFILE)' },
]

export interface ProgramOptions {
  readonly shapes: readonly CommandShape[]
  readonly terminal: Terminal
  readonly run: (
    shape: CommandShape,
    given: Given,
    global: { json: boolean; profile: string | undefined },
  ) => Promise<void>
}

/** The commands as a tree that parses and explains itself. What is wrong with a command line is thrown as `cli/usage`. */
export function buildProgram({ shapes, terminal, run }: ProgramOptions): Command {
  const root = new Command('comity')
    .description('Comity: states, organisations, banks and technology companies cooperate lawfully against terrorism.')
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: terminal.columns ?? 100,
      sortSubcommands: true,
      subcommandTerm,
    })
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: () => undefined, // what is wrong is thrown, and printed in one place
      getOutHelpWidth: () => terminal.columns ?? 100,
    })
    .exitOverride()
    .helpCommand(false)
    .addHelpText(
      'after',
      `\nExample:\n  comity sign-in https://ncb.example --token TOKEN\n\nHelp for each: comity COMMAND --help`,
    )
  for (const it of globalFlags) root.addOption(optionOf(it))
  const phrases = shapes.map((it) => it.words)
  for (const shape of shapes) {
    const command = commandAt(root, shape.words.split(' '), shape.group)
    describe(command, shape)
    command.action(async () => {
      const global = root.opts<{ json?: boolean; profile?: string[] }>()
      await run(shape, givenIn(command, shape), { json: global.json === true, profile: global.profile?.at(-1) })
    })
  }
  finishGroups(root, phrases)
  return root
}

/** A word that leads to others ends in an ellipsis in the list of commands. */
function subcommandTerm(command: Command): string {
  const args = command.registeredArguments.map((it) => (it.required ? `<${it.name()}>` : `[${it.name()}]`))
  return [command.name(), ...(command.commands.length > 0 ? ['…'] : args)].join(' ')
}

function commandAt(root: Command, words: readonly string[], group: keyof typeof headings): Command {
  return words.reduce((parent, word) => {
    const known = parent.commands.find((it) => it.name() === word)
    if (known !== undefined) return known
    const made = parent.command(word)
    if (parent === root) made.helpGroup(headings[group])
    return made
  }, root)
}

function describe(command: Command, shape: CommandShape): void {
  command
    .summary(shape.summary)
    .description(shape.notes === undefined ? shape.summary : `${shape.summary}\n\n${shape.notes}`)
  for (const it of shape.positionals ?? []) command.addArgument(argumentOf(it))
  for (const it of shape.flags ?? []) {
    command.addOption(optionOf(it))
    if (it.negatable) command.addOption(new Option(`--no-${it.name}`).hideHelp())
  }
  command.addHelpText('after', `\nExample:\n  comity ${shape.example}`)
}

function argumentOf({ name, required, repeat, help }: Positional): Argument {
  const inner = repeat ? `${name}...` : name
  return new Argument(required ? `<${inner}>` : `[${inner}]`, help ?? '')
}

function optionOf({ name, value, negatable, required, repeat, help }: Flag): Option {
  const text = [help, required ? 'required' : '', repeat ? 'repeatable' : '', negatable ? `--no-${name} for no` : '']
    .filter((it) => it !== '')
    .join('; ')
  if (value === undefined) return new Option(`--${name}`, text)
  return new Option(`--${name} <${value}>`, text)
    .argParser((given: string, before: string[] = []) => [...before, given])
    .makeOptionMandatory(required === true)
}

/** A word that only leads to others says so, and names the nearest when the next word is none of them. */
function finishGroups(command: Command, phrases: readonly string[]): void {
  for (const it of command.commands) finishGroups(it, phrases)
  const isGroup = command.commands.length > 0
  const own = phraseOf(command)
  if (!isGroup || phrases.includes(own)) return
  if (own !== '') {
    const verbs = command.commands.map((it) => it.name()).sort()
    command.summary(`${verbs.slice(0, 5).join(', ')}${verbs.length > 5 ? ' …' : ''}`).description(`Commands: ${own} …`)
    command.addHelpText('after', `\nExample:\n  comity ${own} ${verbs[0]} --help`)
  }
  command.argument('[words...]').usage('<command> [options]')
  command.allowUnknownOption()
  command.action(() => {
    if (command.args.length === 0) command.help()
    throw unknownCommand([own, ...command.args.filter((it) => !it.startsWith('-'))].join(' ').trim(), phrases)
  })
}

export function phraseOf(command: Command): string {
  const parent = command.parent
  return parent === null ? '' : `${phraseOf(parent)} ${command.name()}`.trim()
}

export function unknownCommand(typed: string, phrases: readonly string[]): Error {
  const guess = nearestPhrase(typed, phrases)
  return usage(
    `There is no command ${typed}. ${guess === undefined ? 'comity --help lists all.' : `Did you mean: comity ${guess}`}`,
  )
}

function givenIn(command: Command, { positionals = [], flags = [] }: CommandShape): Given {
  const given = new Map<string, readonly string[]>()
  const args = command.processedArgs as (string | string[] | undefined)[]
  positionals.forEach(({ name }, at) => {
    const value = args[at]
    if (value !== undefined && value.length > 0) given.set(name, [value].flat())
  })
  const values = command.opts<Record<string, string[] | boolean | undefined>>()
  for (const { name, repeat } of flags) {
    const value = values[attributeOf(name)]
    if (value === undefined) continue
    if (Array.isArray(value) && value.length > 1 && !repeat) throw usage(`--${name} is given once.`)
    given.set(name, Array.isArray(value) ? value : [String(value)])
  }
  return given
}

function attributeOf(name: string): string {
  return new Option(`--${name}`).attributeName()
}
