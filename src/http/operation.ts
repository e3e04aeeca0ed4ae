import type { z } from 'zod'
import type { Services } from '#http/services'
import type { Role } from '#policy/roles'
import type { Change } from '#store/change'
import type { Caller, Reader } from '#store/reader'

/**
 * One thing that a client can ask for, as a plain value. The same value gives the route, its checks, its page in the API
 * description, its command in the CLI and its row in the access test.
 */
export interface Operation {
  /** Capability and verb: `subjects.record`. */
  readonly id: string
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below `base`, parameters in braces. */
  readonly path: `/${string}`
  /** `/api/v1` unless another software's address has to be matched. */
  readonly base?: ''
  readonly summary: string
  readonly access: Access
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly reply: z.ZodType
  readonly status?: 200 | 201 | 202
  /** How the CLI offers it; absent when a command of its own does, or none should. */
  readonly command?: Command
  /** Largest body in bytes; one mebibyte unless said. */
  readonly limitBytes?: number
  /** A POST that only reads: a repeat is answered anew, since a kept answer would outlive the records in it. */
  readonly reads?: boolean
  /** The body is a file, which the handler reads as a stream: `application/octet-stream`. */
  readonly upload?: boolean
  readonly handle: (request: OperationRequest) => Promise<unknown>
}

export interface Access {
  /** `anyone` needs no sign-in, `signed-in` any role. */
  readonly roles: 'anyone' | 'signed-in' | readonly Role[]
  readonly scope: Scope
  /** Whether a purpose and a reference must be given: so for every search. */
  readonly purpose?: boolean
}

export const scopes = ['read', 'write', 'screen', 'audit', 'administer'] as const
export type Scope = (typeof scopes)[number]

export interface Command {
  readonly words: string
  /** Names of params, query or body members that are given without a flag, in order. */
  readonly positional?: readonly string[]
  /** Columns of the table that is printed; members of the reply or of the items of its list. */
  readonly columns?: readonly string[]
}

export interface SignedIn {
  readonly caller: Caller
  readonly person: { readonly id: string; readonly name: string; readonly roles: readonly Role[] }
  readonly scopes: readonly Scope[]
  readonly session: string | null
}

export interface OperationRequest {
  // biome-ignore lint/suspicious/noExplicitAny: `operation()` gives each handler the parsed types of its own schemas
  readonly params: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly query: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any
  /** The bytes of an upload, never more than `limitBytes`; empty otherwise. */
  readonly upload: AsyncIterable<Uint8Array>
  readonly caller: Caller
  readonly signedIn: SignedIn | undefined
  /** Reads as this caller: what it may not know of is not there. */
  readonly reader: Reader
  readonly services: Services
  /** Writes the change and, for a request with an idempotency key, the reply that a repeat will get. Returns the reply. */
  readonly commit: <Reply>(change: Change, reply: Reply) => Promise<Reply>
  readonly headers: Headers
  /** The address at the other end of the connection, where there is one: that of a proxy when one stands before the node. */
  readonly address: string | undefined
  readonly setCookie: (cookie: string) => void
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined

export function fullPath({ base = '/api/v1', path }: { base?: string | undefined; path: string }): string {
  return `${base}${path}`
}

/** Checks the types of a handler against its schemas. */
export function operation<
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType,
>(
  definition: Omit<Operation, 'params' | 'query' | 'body' | 'reply' | 'handle'> & {
    readonly params?: P
    readonly query?: Q
    readonly body?: B
    readonly reply: R
    readonly handle: (
      request: Omit<OperationRequest, 'params' | 'query' | 'body'> & {
        readonly params: Parsed<P>
        readonly query: Parsed<Q>
        readonly body: Parsed<B>
      },
    ) => Promise<z.input<R>>
  },
): Operation {
  return definition as unknown as Operation
}
