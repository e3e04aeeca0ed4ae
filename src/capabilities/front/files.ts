import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'

const own = fileURLToPath(new URL('./assets', import.meta.url))
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** The only files that are served, by path: nothing in a request reaches the file system. */
const files: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/front/front.css': { file: join(own, 'front.css'), type: 'text/css; charset=utf-8' },
  '/front/api.css': { file: join(own, 'api.css'), type: 'text/css; charset=utf-8' },
  '/front/api.js': { file: join(own, 'api.js'), type: 'text/javascript; charset=utf-8' },
  '/api/docs/swagger-ui.css': { file: join(swagger, 'swagger-ui.css'), type: 'text/css; charset=utf-8' },
  '/api/docs/swagger-ui-bundle.js': {
    file: join(swagger, 'swagger-ui-bundle.js'),
    type: 'text/javascript; charset=utf-8',
  },
}

export const filePaths: readonly string[] = Object.keys(files)

interface Prepared {
  readonly etag: string
  readonly plain: Buffer<ArrayBuffer>
  readonly packed: Buffer<ArrayBuffer>
}

const prepared = new Map<string, Promise<Prepared>>()

async function prepare(file: string): Promise<Prepared> {
  const plain = await readFile(file)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { etag, plain, packed: await promisify(gzip)(plain) }
}

/** Serves one of the files, compressed once; the browser asks whether it changed. */
export async function serveFile(context: Context): Promise<Response> {
  const { file, type } = files[context.req.path]!
  let ready = prepared.get(file)
  if (ready === undefined) {
    ready = prepare(file)
    prepared.set(file, ready)
  }
  const { etag, plain, packed } = await ready
  const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' }
  if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers)
  const packs = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
  return packs
    ? context.body(packed, 200, { ...headers, 'content-type': type, 'content-encoding': 'gzip' })
    : context.body(plain, 200, { ...headers, 'content-type': type })
}
