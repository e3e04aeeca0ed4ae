import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'

/** What a command sees of the machine that it runs on. Tests give their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Columns of the screen that standard output goes to; undefined when it goes to a file or a pipe. */
  readonly columns: number | undefined
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean
  /** Columns of the screen that standard error goes to, for progress; undefined when there is none. */
  readonly errorColumns: number | undefined
  out(text: string): void
  err(text: string): void
  readInput(): Promise<string>
  /** What the person at the keyboard types after the prompt; a hidden line shows nowhere. Throws when they interrupt. */
  readLine(prompt: string, options: { readonly hidden: boolean }): Promise<string>
  /** Aborted when the person interrupts. */
  readonly interrupted: AbortSignal
}

export function systemTerminal(): Terminal {
  const interruption = new AbortController()
  let listening = false
  return {
    env: process.env,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    errorColumns: process.stderr.isTTY ? process.stderr.columns : undefined,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readInput: () => readAll(process.stdin),
    readLine,
    get interrupted() {
      // Listening takes the default end of the process away, so it begins when a command asks for it.
      if (!listening) {
        listening = true
        for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interruption.abort())
      }
      return interruption.signal
    },
  }
}

async function readLine(prompt: string, { hidden }: { readonly hidden: boolean }): Promise<string> {
  const screen = process.stderr
  // readline draws the prompt and what is typed on its output; a secret is drawn nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: hidden ? nowhere : screen, terminal: true })
  const interruption = new AbortController()
  lines.once('SIGINT', () => interruption.abort())
  if (hidden) screen.write(prompt)
  try {
    return await lines.question(prompt, { signal: interruption.signal })
  } finally {
    lines.close()
    if (hidden) screen.write('\n')
  }
}
