import type { Client } from '#cli/client'
import type { Terminal } from '#cli/terminal'

/** One command as a plain value: the help, the parser and the completion scripts are all made of it. */
export interface CommandShape {
  /** `records show` */
  readonly words: string
  readonly summary: string
  /** A paragraph for its help page. */
  readonly notes?: string
  /** One line to copy, without `comity`. */
  readonly example: string
  readonly group: 'node' | 'machine'
  readonly positionals?: readonly Positional[]
  readonly flags?: readonly Flag[]
  readonly run: (given: Given, session: Session) => Promise<number | undefined>
}

export interface Positional {
  readonly name: string
  readonly help?: string
  readonly required?: boolean
  /** Takes all that follow. */
  readonly repeat?: boolean
  readonly choices?: readonly string[]
}

export interface Flag {
  /** Without the dashes: `idempotency-key`. */
  readonly name: string
  readonly help: string
  /** What stands for the value in the help; a flag without is a switch. */
  readonly value?: string
  readonly repeat?: boolean
  /** A switch that has `--no-…` too. */
  readonly negatable?: boolean
  readonly required?: boolean
  readonly choices?: readonly string[]
}

/** What was given, by name of flag or positional; a switch is `true` or `false`. */
export type Given = ReadonlyMap<string, readonly string[]>

export interface Session {
  readonly terminal: Terminal
  /** Machine output: one JSON document on standard output. */
  readonly json: boolean
  readonly profile: string | undefined
  /** The node of the profile. Throws `cli/not-signed-in` when there is none. */
  client(): Client
  /** All commands, those that the API gives too. */
  shapes(): Promise<readonly CommandShape[]>
}

export function one(given: Given, name: string): string | undefined {
  return given.get(name)?.at(-1)
}

export function isOn(given: Given, name: string): boolean {
  return one(given, name) === 'true'
}

/** Flags that every command which speaks to a node takes. */
export const purposeFlags: readonly Flag[] = [
  { name: 'purpose', value: 'purpose', help: 'what it is for, in the words of the handling header' },
  { name: 'reference', value: 'text', help: 'the case or file it belongs to' },
]

export function purposeHeaders(given: Given): Record<string, string> {
  const purpose = one(given, 'purpose')
  const reference = one(given, 'reference')
  return {
    ...(purpose === undefined ? {} : { 'comity-purpose': purpose }),
    ...(reference === undefined ? {} : { 'comity-reference': headerText(reference) }),
  }
}

/** A header holds Latin letters only (RFC 9110 section 5.5); any other text goes in the form of RFC 8187 section 3.2. */
function headerText(text: string): string {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`
}
