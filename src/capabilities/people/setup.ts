import { fault } from '#capabilities/people/faults'
import { digestOf, newOneTimeCode } from '#capabilities/people/secrets'
import { readRoster } from '#capabilities/people/store'
import { fault as httpFault } from '#http/faults'
import type { Services } from '#http/services'
import { fromHex, sameBytes } from '#kernel/bytes'

const codes = new WeakMap<object, string>()

/**
 * A node without people has nobody who could add one. Whoever reads its log runs it, and becomes its first administrator
 * with the code that stands there. A restart gives another code.
 */
export async function offerSetup({ store, log }: Pick<Services, 'store' | 'log'>): Promise<AsyncDisposable> {
  if ((await readRoster(store)).people === 0) {
    const code = newOneTimeCode()
    codes.set(store, digestOf(code))
    log.warn({ setupCode: code }, 'this node has no people: make the first administrator with this code')
  }
  return { [Symbol.asyncDispose]: async () => void codes.delete(store) }
}

/** Throws `http/not-found` when there is nothing to set up, `people/wrong-setup-code` otherwise. */
export function checkSetupCode(store: object, code: string): void {
  const digest = codes.get(store)
  if (digest === undefined) throw httpFault('http/not-found', 'There is nothing here.')
  if (!sameBytes(fromHex(digest), fromHex(digestOf(code))))
    throw fault('people/wrong-setup-code', 'This is not the code in the log of the node.')
}

export function endSetup(store: object): void {
  codes.delete(store)
}
