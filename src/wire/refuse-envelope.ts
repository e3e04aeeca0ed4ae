import type { Fault } from '#kernel/fault'
import type { Identity } from '#protocol/identity'
import type { Audited } from '#store/change'
import { keepInQuarantine } from '#store/quarantine'
import type { Store } from '#store/store'
import type { Answer } from '#wire/carrier'

/** Keeps as evidence what could not be taken from anybody as a signed envelope in its turn, and says why. */
export async function refuse(
  { from, hash }: { from: string; hash: string },
  { evidence, proven }: { evidence: string; proven: boolean },
  cause: Fault,
  { store, identity }: { store: Store; identity: Identity },
): Promise<Answer> {
  const { expected } = cause.details
  // A gap is asked for again and not an offence: it would otherwise fill the quarantine during any outage.
  if (cause.code !== 'envelope/gap') {
    const item = {
      sender: from,
      code: cause.code,
      reason: cause.message,
      evidence,
      hash: hash === '' ? null : hash,
      proven,
    }
    const fresh = await keepInQuarantine(store, item)
    if (fresh) await store.commit({ audit: [refusalEntry(from, cause, identity.me, 'quarantine')] })
  }
  return {
    hash,
    problem: { code: cause.code, message: cause.message, ...(typeof expected === 'number' ? { expected } : {}) },
  }
}

export function refusalEntry(sender: string, cause: Fault, me: string, act: 'refuse' | 'quarantine'): Audited {
  return {
    act,
    outcome: 'refused',
    actor: { member: sender === '' ? 'unknown' : sender, via: 'peer' },
    purpose: null,
    reference: null,
    object: null,
    owner: null,
    recipient: me,
    rule: cause.rule ?? null,
    reason: `${cause.code}: ${cause.message}`,
    details: {},
  }
}
