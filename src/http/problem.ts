import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Fault, type FaultKind, isFault } from '#kernel/fault'

/** The one place where a kind of fault becomes an HTTP status. */
export const statusOf: Readonly<Record<FaultKind, ContentfulStatusCode>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  limited: 429,
  unavailable: 503,
}

/** Problem details, RFC 9457. `code` is stable; `correlation` finds the log lines of a request that failed by our fault. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly rule?: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly correlation: string
}

export function problemOf(cause: unknown, correlation: string): Problem {
  return isFault(cause) ? expected(cause, correlation) : masked(correlation)
}

function expected({ code, kind, message, rule, details }: Fault, correlation: string): Problem {
  return {
    type: `urn:comity:problem:${code}`,
    title: message,
    status: statusOf[kind],
    code,
    ...(rule === undefined ? {} : { rule }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    correlation,
  }
}

/** What is no Fault is a bug: the client learns nothing of its inside. */
function masked(correlation: string): Problem {
  return {
    type: 'urn:comity:problem:node/failed',
    title: 'The node failed while answering. Nothing was written. Give this number to the people who run it.',
    status: 500,
    code: 'node/failed',
    correlation,
  }
}
