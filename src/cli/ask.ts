import { usage } from '#cli/failure'
import type { Terminal } from '#cli/terminal'

/** Asks the person at the keyboard, on standard error so that standard output stays what the command says. */
export async function ask(terminal: Terminal, question: string, { hidden = false } = {}): Promise<string> {
  if (!terminal.interactive) throw usage(`Nobody is there to be asked for: ${question}. Give it as a flag.`)
  try {
    return await terminal.readLine(`${question}: `, { hidden })
  } catch {
    throw usage('Nothing was changed.')
  }
}
