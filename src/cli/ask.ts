import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { usage } from '#cli/failure'
import type { Terminal } from '#cli/terminal'

/** Asks the person at the keyboard, on standard error so that standard output stays what the command says. */
export async function ask(terminal: Terminal, question: string, { hidden = false } = {}): Promise<string> {
  if (!terminal.interactive) throw usage(`Nobody is there to be asked for: ${question}. Give it as a flag.`)
  terminal.err(`${question}: `)
  // readline draws what is typed on its output; a secret is drawn nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true })
  const interruption = new AbortController()
  lines.once('SIGINT', () => interruption.abort())
  try {
    return await lines.question('', { signal: interruption.signal })
  } catch {
    throw usage('Nothing was changed.')
  } finally {
    lines.close()
    if (hidden) terminal.err('\n')
  }
}
