import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'

const folder = fileURLToPath(new URL('../../../dist/console', import.meta.url))

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  woff: 'font/woff',
  woff2: 'font/woff2',
}

interface ConsoleFile {
  readonly type: string
  readonly plain: Buffer<ArrayBuffer>
  /** For those who accept gzip; `undefined` for what is packed as it is. */
  readonly packed: (() => Promise<Buffer<ArrayBuffer>>) | undefined
}

/** The console as it was built: its page, and its files by name. `undefined` when it was not. */
export interface ConsoleFiles {
  readonly page: string
  readonly files: ReadonlyMap<string, ConsoleFile>
}

export function readConsole(): ConsoleFiles | undefined {
  const page = join(folder, 'index.html')
  if (!existsSync(page)) return undefined
  const files = new Map<string, ConsoleFile>()
  for (const name of readdirSync(join(folder, 'assets'))) {
    const ending = name.split('.').at(-1)!
    const type = types[ending]
    if (type === undefined) continue
    const plain = readFileSync(join(folder, 'assets', name))
    files.set(name, { type, plain, packed: ending.startsWith('woff') ? undefined : packedOnce(plain) })
  }
  return { page: readFileSync(page, 'utf8'), files }
}

const pack = promisify(gzip)

/** Packs a file when it is first asked for: a node that starts has better to do than to pack all that nobody opens. */
function packedOnce(plain: Buffer): () => Promise<Buffer<ArrayBuffer>> {
  let packed: Promise<Buffer<ArrayBuffer>> | undefined
  return () => {
    packed ??= pack(plain, { level: 9 })
    return packed
  }
}

/** One file of the console. Its name carries the hash of what is in it, so it is never asked for again. */
export async function serveAsset(context: Context, { files }: ConsoleFiles): Promise<Response> {
  const file = files.get(context.req.param('name') ?? '')
  if (file === undefined) return context.notFound() as Response
  const headers = {
    'content-type': file.type,
    // A worker has the policy of its own file, not that of the page.
    'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'",
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  }
  return file.packed !== undefined && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
    ? context.body(await file.packed(), 200, { ...headers, 'content-encoding': 'gzip' })
    : context.body(file.plain, 200, headers)
}

/**
 * The page, with the name of the office for those who are not signed in, and a nonce for the few styles that it makes itself;
 * everything else comes from files of this node.
 */
export function servePage(
  context: Context,
  { page }: ConsoleFiles,
  { office, exercise }: { office: string; exercise: boolean },
): Response {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const filled = page
    .replace('%NONCE%', nonce)
    .replace('%OFFICE%', () => escapeHtml(office))
    .replace('%EXERCISE%', String(exercise))
  return context.html(filled, 200, {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  }) as Response
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`)
}
