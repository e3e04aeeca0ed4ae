import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { profileFolder, writePrivate } from '#cli/profile'
import type { Terminal } from '#cli/terminal'

/** What a node said of itself, remembered so that a command need not ask each time whether it is an exercise. */
export interface NodeFacts {
  readonly exercise: boolean
  readonly title: string
  readonly seenAt: string
}

/** How long what a node said of itself is believed without asking again. */
const freshMilliseconds = 12 * 3_600_000

const told = new WeakSet<Terminal>()

/** Shows EXERCISE once for each run, on standard error, when the node serves an exercise. */
export function rememberNode(url: string, terminal: Terminal) {
  const show = (exercise: boolean) => {
    if (!exercise || told.has(terminal)) return
    told.add(terminal)
    terminal.err('EXERCISE — invented persons, offices and events\n')
  }
  let asked: Promise<void> | undefined
  const ask = async () => {
    const known = knownFacts(url, terminal)
    if (known !== undefined && Date.now() - Date.parse(known.seenAt) < freshMilliseconds) return show(known.exercise)
    const facts = await askNode(url)
    if (facts !== undefined) keepFacts(url, facts, terminal)
    show((facts ?? known)?.exercise ?? false)
  }
  return {
    /** Waits for the node's word; a node that cannot say it does not fail the command. */
    async see(headers: Headers): Promise<void> {
      const said = headers.get('comity-exercise')
      if (said !== null) return show(said === 'true')
      asked ??= ask()
      await asked
    },
  }
}

export async function askNode(url: string): Promise<NodeFacts | undefined> {
  try {
    const response = await fetch(`${url}/api/v1/openapi.json`, {
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    })
    const { info } = (await response.json()) as { info?: { title?: unknown; description?: unknown } }
    if (typeof info?.description !== 'string') return undefined
    return {
      exercise: info.description.startsWith('EXERCISE'),
      title: typeof info.title === 'string' ? info.title : url,
      seenAt: new Date().toISOString(),
    }
  } catch {
    return undefined
  }
}

/** Not in the profile file: many commands at once write this one, and a lost write must not lose a token. */
function factsFile(terminal: Terminal): string {
  return join(profileFolder(terminal), 'nodes.json')
}

function readFacts(terminal: Terminal): Record<string, NodeFacts> {
  try {
    return JSON.parse(readFileSync(factsFile(terminal), 'utf8')) as Record<string, NodeFacts>
  } catch {
    return {}
  }
}

function knownFacts(url: string, terminal: Terminal): NodeFacts | undefined {
  const facts = readFacts(terminal)
  return Object.hasOwn(facts, url) ? facts[url] : undefined
}

export function keepFacts(url: string, facts: NodeFacts, terminal: Terminal): void {
  try {
    writePrivate(factsFile(terminal), `${JSON.stringify({ ...readFacts(terminal), [url]: facts }, null, 2)}\n`)
  } catch {} // a machine without a home folder asks again next time
}
