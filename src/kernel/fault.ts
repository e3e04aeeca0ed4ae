/**
 * The kinds of refusal and failure that domain code knows. The HTTP floor maps each kind to one status, once;
 * a room declares its codes with a kind, so a new capability needs no edit elsewhere.
 */
export type FaultKind =
  | 'invalid' // the input cannot be read or breaks a rule of form
  | 'unauthenticated' // nobody is signed in
  | 'forbidden' // signed in, and a rule says no
  | 'missing' // does not exist, or may not be known to exist
  | 'conflict' // contradicts the present state
  | 'gone' // existed and was withdrawn or erased
  | 'too-large'
  | 'unsupported'
  | 'limited' // too many
  | 'unavailable' // a peer or a service does not answer

export type FaultCode = `${string}/${string}`

export interface FaultOptions {
  /** The rule that refused: an article, a protocol point, a field. */
  readonly rule?: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** An expected failure with a stable code. Anything else that is thrown is a bug and is masked at the edge. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly kind: FaultKind
  readonly rule: string | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: FaultCode, kind: FaultKind, message: string, options: FaultOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.kind = kind
    this.rule = options.rule
    this.details = options.details ?? {}
  }
}

/**
 * Declares the codes of one room and returns their constructor:
 * `const fault = defineFaults({ 'hits/closed': 'conflict' })`, then `throw fault('hits/closed', 'This hit is closed.')`.
 */
export function defineFaults<const Codes extends Record<FaultCode, FaultKind>>(codes: Codes) {
  return (code: keyof Codes & FaultCode, message: string, options?: FaultOptions): Fault =>
    new Fault(code, codes[code] as FaultKind, message, options)
}

export function isFault(value: unknown, code?: FaultCode): value is Fault {
  return value instanceof Fault && (code === undefined || value.code === code)
}
