import { Secret, TOTP } from 'otpauth'
import { sameBytes, utf8 } from '#kernel/bytes'
import numbers from './factors.json' with { type: 'json' }

const { algorithm, digits, periodSeconds, secretBytes, stepsEitherSide } = numbers.totp

/** A new shared secret in base32 (RFC 4648), as long as its hash (RFC 4226 section 4, R6). */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/** The time step of an instant (RFC 6238 section 4.2). */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1000 / periodSeconds)
}

/** The code of a secret at a time step. */
export function codeAt(secret: string, step: number): string {
  return totpOf(secret).generate({ timestamp: step * periodSeconds * 1000 })
}

/**
 * The time step whose code this is, among those near `now` and later than the last one accepted, so that each code serves
 * once (RFC 6238 section 5.2, NIST SP 800-63B-4 section 3.1.4); undefined when there is none. All are compared: the time that
 * it takes says nothing.
 */
export function acceptedStep(secret: string, code: string, at: { now: Date; lastStep: number }): number | undefined {
  const typed = utf8(code)
  const now = stepAt(at.now)
  let accepted: number | undefined
  for (let step = now - stepsEitherSide; step <= now + stepsEitherSide; step++) {
    if (sameBytes(utf8(codeAt(secret, step)), typed) && step > at.lastStep) accepted ??= step
  }
  return accepted
}

/** What an authenticator reads from the QR code. */
export function keyUri(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return totpOf(secret, { issuer, label }).toString()
}

function totpOf(secret: string, name: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...name, secret: Secret.fromBase32(secret), algorithm, digits, period: periodSeconds })
}
