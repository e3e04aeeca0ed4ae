import { describe, expect, it } from 'vitest'
import { capabilities } from '#capabilities/index'
import { describeCommands, reservedFlags } from '#cli/catalogue'
import { commandOf } from '#cli/generated'
import { commands, shapes } from '#cli/operations.fixture'
import { ownCommands } from '#cli/own-commands'
import { shorthands } from '#cli/shorthands'
import { runWith, testTerminal } from '#cli/terminal.fixture'

const make = commands.find((it) => it.operation === 'things.make')
const flagsOf = (words: string) => shapes.find((it) => it.words === words)?.flags ?? []

describe('describeCommands', () => {
  it('gives a command to each operation that has one, as plain JSON', () => {
    expect(commands.map((it) => it.words)).toEqual([
      'things list',
      'things show',
      'things make',
      'share',
      'things take',
    ])
    expect(JSON.parse(JSON.stringify(commands))).toEqual(commands)
  })

  it('puts positionals first, in the order of the operation', () => {
    expect(make?.inputs.filter((it) => it.positional).map((it) => it.flag)).toEqual(['place'])
  })

  it('reads the form of each member from its schema', () => {
    const forms = Object.fromEntries(make?.inputs.map((it) => [it.name, it.form.kind]) ?? [])
    expect(forms).toEqual({
      place: 'text',
      name: 'text',
      to: 'list',
      kinds: 'list',
      notes: 'list',
      days: 'number',
      share: 'number',
      secret: 'switch',
      until: 'instant',
      text: 'text',
      handling: 'json',
      who: 'json',
      json: 'text',
    })
  })

  it('moves a member aside whose name every command needs', () => {
    expect(make?.inputs.find((it) => it.name === 'json')?.flag).toBe('body-json')
    expect(reservedFlags).toContain('json')
  })

  it('takes a body that is no object as a whole', () => {
    expect(commands.find((it) => it.words === 'things take')?.body).toBe('whole')
  })
})

describe('commandOf', () => {
  it('lists choices, presets and what is required', () => {
    const help = Object.fromEntries(flagsOf('things make').map((it) => [it.name, it.help]))
    expect(help).toMatchObject({
      name: 'What it is called; required',
      kinds: 'one of: a, b, c',
      days: 'default: 30',
      to: 'required',
    })
    expect(flagsOf('things list').find((it) => it.name === 'state')?.choices).toEqual(['open', 'closed'])
  })

  it('offers purpose and reference everywhere, an idempotency key on writes', () => {
    for (const words of ['things list', 'things make']) {
      expect(flagsOf(words).map((it) => it.name)).toEqual(expect.arrayContaining(['purpose', 'reference']))
    }
    expect(flagsOf('things make').map((it) => it.name)).toContain('idempotency-key')
    expect(flagsOf('things list').map((it) => it.name)).not.toContain('idempotency-key')
  })

  it('gives every command an example that begins with its words', () => {
    for (const it of [...shapes, ...ownCommands]) expect(it.example.startsWith(it.words), it.words).toBe(true)
    expect(shapes.find((it) => it.words === 'things show')?.example).toBe('things show thg_0198…')
  })
})

describe('the commands of the API', () => {
  const operations = capabilities.flatMap((it) => it.operations ?? [])
  const real = describeCommands(operations).map(commandOf)
  const phrases = [...new Set([...real, ...ownCommands].map((it) => it.words))]

  it('have words of their own', () => {
    expect(new Set(real.map((it) => it.words)).size).toBe(real.length)
    expect(phrases.filter((it) => phrases.some((other) => other.startsWith(`${it} `)))).toEqual([])
  })

  it('all explain themselves with an example', async () => {
    for (const words of phrases) {
      const terminal = testTerminal()
      expect(await runWith([...words.split(' '), '--help'], { terminal, shapes: real }), words).toBe(0)
      expect(terminal.stdout(), words).toContain(`Example:\n  comity ${words}`)
    }
  })

  it('are known to the shorthands', () => {
    expect(shorthands.map((it) => it.operation).filter((id) => !operations.some((it) => it.id === id))).toEqual([])
  })
})
