import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import type { CommandShape } from '#cli/command'
import { run } from '#cli/run'
import type { Terminal } from '#cli/terminal'

export interface TestTerminal extends Terminal {
  readonly stdout: () => string
  readonly stderr: () => string
}

export function testTerminal({
  env = {},
  input = '',
  typed,
  columns,
  interrupted = new AbortController().signal,
}: {
  env?: Record<string, string>
  input?: string
  /** Lines of a person at the keyboard; without them there is none. */
  typed?: readonly string[]
  columns?: number
  interrupted?: AbortSignal
} = {}): TestTerminal {
  const out: string[] = []
  const err: string[] = []
  const lines = [...(typed ?? [])]
  return {
    env,
    columns,
    errorColumns: undefined,
    interactive: typed !== undefined,
    interrupted,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    readInput: async () => input,
    readLine: async () => lines.shift() ?? '',
    stdout: () => out.join(''),
    stderr: () => err.join(''),
  }
}

export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'comity-cli-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Answer = {
  readonly status?: number
  readonly body?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
}

/** A small HTTP server in the place of a node. What it was asked is kept; the description of its API is no question. */
export async function startServer(
  answer: (asked: Asked, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>,
  { description = 'The API of a test.' }: { description?: string } = {},
): Promise<{ readonly url: string; readonly asked: Asked[] } & AsyncDisposable> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: await readAll(request),
    }
    const isDescription = one.url === '/api/v1/openapi.json'
    if (!isDescription) asked.push(one)
    const given = isDescription
      ? { body: { info: { title: 'Test', version: '0', description } } }
      : await answer(one, response)
    if (given === undefined) return
    const { status = 200, body, text = JSON.stringify(body ?? {}), headers = {} } = given
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Runs one command line with these commands of the API. */
export function runWith(
  argv: readonly string[],
  { terminal, shapes = [] }: { terminal: Terminal; shapes?: readonly CommandShape[] },
): Promise<number> {
  return run(argv, { terminal, loadShapes: async () => shapes })
}
