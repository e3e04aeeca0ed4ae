import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { currentKey, type Directory } from '#protocol/directory'
import {
  type Envelope,
  hashOfSigned,
  openSeal,
  type SealedEnvelope,
  sealEnvelope,
  signEnvelope,
  verifyEnvelope,
} from '#protocol/envelope'
import { purposes } from '#protocol/handling'
import { type OwnKey, openOwnKey, type PrivateJwk } from '#protocol/keys'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const now = new Date(federation.now)
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)

const own: Record<string, Record<string, OwnKey>> = {}
for (const [member, keys] of Object.entries<Record<string, PrivateJwk>>(federation.privateKeys)) {
  own[member] = {}
  for (const [name, jwk] of Object.entries(keys)) own[member][name] = await openOwnKey(jwk)
}
const sealingKeys = (member: string) => Object.values(own[member]!).filter((it) => it.use === 'seal')

const members = ['fr', 'ke', 'bank-horizon'] as const
const member = fc.constantFrom(...members)
const content = fc
  .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), { maxKeys: 4 })
  .filter((it) => !/__proto__|\\u0000/.test(JSON.stringify(it)))
  .map((it) => ({ ...it, kind: 'test' }) as Envelope['content'])
const envelope: fc.Arbitrary<Envelope> = fc.record({
  from: member,
  to: member,
  sequence: fc.integer({ min: 1 }),
  previous: fc.constantFrom(null, 'a1'.repeat(32)),
  issuedAt: fc.integer({ min: -86_400_000, max: 300_000 }).map((it) => later(it).toISOString()),
  expiresAt: fc.integer({ min: 1, max: 864_000_000 }).map((it) => later(it).toISOString()),
  purpose: fc.constantFrom(...purposes),
  content,
})
const example: Envelope = {
  from: 'fr',
  to: 'ke',
  sequence: 1,
  previous: null,
  issuedAt: now.toISOString(),
  expiresAt: later(86_400_000).toISOString(),
  purpose: 'counter-terrorism',
  content: { kind: 'test' },
}

const sign = (it: Envelope) => signEnvelope(it, own[it.from]!.sign!)
const routeOf = ({ from, to, sequence }: Envelope) => ({ from, to, sequence })
const send = async (it: Envelope) => sealEnvelope(await sign(it), routeOf(it), { directory, now })
const receive = async (it: SealedEnvelope, me: string, at = now) =>
  verifyEnvelope(await openSeal(it.sealed, sealingKeys(me)), it, { me, directory, now: at })
async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}

describe('signEnvelope, sealEnvelope, openSeal and verifyEnvelope', () => {
  it('bring any content to its recipient', async () => {
    await fc.assert(
      fc.asyncProperty(envelope, async (it) => {
        const opened = await receive(JSON.parse(JSON.stringify(await send(it))), it.to)
        const { hash, signed, ...rest } = opened
        expect(rest).toEqual(JSON.parse(JSON.stringify(it)))
        expect(hash).toBe(hashOfSigned(signed))
      }),
    )
  })

  it('show a relay nothing but the routing data', async () => {
    const secret = { ...example, content: { kind: 'test', name: 'Amina Y.' } as Envelope['content'] }
    const wire = await send(secret)
    expect(Object.keys(wire).sort()).toEqual(['from', 'hash', 'sealed', 'sequence', 'to'])
    expect(JSON.stringify(wire)).not.toContain('Amina')
    expect(Buffer.from(wire.sealed.split('.')[3]!, 'base64url').toString('latin1')).not.toContain('counter')
  })

  it('are opened by nobody but the recipient', async () => {
    await fc.assert(
      fc.asyncProperty(envelope, member, async (it, other) => {
        fc.pre(other !== it.to)
        const wire = await send(it)
        expect(await codeOf(() => openSeal(wire.sealed, sealingKeys(other)))).toBe('envelope/unopenable')
        const renamed = wire.sealed.replace(/^[^.]*/, headerFor(sealingKeys(other)[0]!))
        expect(await codeOf(() => openSeal(renamed, sealingKeys(other)))).toBe('envelope/unopenable')
      }),
    )
  })

  it('refuse an envelope that its recipient seals again to another: surreptitious forwarding', async () => {
    await fc.assert(
      fc.asyncProperty(envelope, member, async (it, other) => {
        fc.pre(other !== it.to)
        const signed = await openSeal((await send(it)).sealed, sealingKeys(it.to))
        for (const from of [it.from, it.to]) {
          const again = await sealEnvelope(signed, { from, to: other, sequence: it.sequence }, { directory, now })
          expect(await codeOf(() => receive(again, other))).toBe(
            from === it.from ? 'envelope/wrong-recipient' : 'key/unknown',
          )
        }
      }),
    )
  })
})

describe('openSeal', () => {
  it('opens what was sealed to either of two keys while they overlap', async () => {
    const [older, newer] = [own.ke!['seal-old']!, own.ke!.seal!]
    const without = (kid: string) => ({
      ...directory,
      members: directory.members.map((it) => ({ ...it, keys: it.keys.filter((key) => key.kid !== kid) })),
    })
    expect(currentKey(directory, { member: 'ke', use: 'seal', at: now }).kid).toBe(newer.kid)
    const signed = await sign(example)
    for (const gone of [older, newer]) {
      const wire = await sealEnvelope(signed, routeOf(example), { directory: without(gone.kid), now })
      expect(await openSeal(wire.sealed, [older, newer])).toBe(signed)
      expect(await openSeal(wire.sealed, [newer, older])).toBe(signed)
      expect(await codeOf(() => openSeal(wire.sealed, [gone]))).toBe('envelope/unopenable')
    }
  })

  it('opens to the same text or not at all when any character of the seal is changed', async () => {
    const signed = await sign(example)
    const { sealed } = await sealEnvelope(signed, routeOf(example), { directory, now })
    const character = fc.constantFrom(...'ABQgwz019-_.=+ ')
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), character, async (at, by) => {
        const changed = sealed.slice(0, at) + by + sealed.slice(at + 1)
        try {
          expect(await openSeal(changed, sealingKeys('ke'))).toBe(signed)
        } catch (thrown) {
          expect(isFault(thrown, 'envelope/unopenable')).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('answers any text with one fault', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.json().map((it) => Buffer.from(it).toString('base64url')),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        expect(await codeOf(() => openSeal(parts.join('.'), sealingKeys('ke')))).toBe('envelope/unopenable')
      }),
    )
  })
})

describe('verifyEnvelope', () => {
  it('refuses routing data in which anything was changed', async () => {
    const change = fc.oneof(
      fc.constantFrom(...members, 'mu', 'nobody').map((from) => ({ from })),
      fc.constantFrom(...members, 'mu', 'nobody').map((to) => ({ to })),
      fc.integer({ min: 1 }).map((sequence) => ({ sequence })),
      fc.constantFrom('00'.repeat(32), 'a1'.repeat(32)).map((hash) => ({ hash })),
    )
    await fc.assert(
      fc.asyncProperty(envelope, change, async (it, by) => {
        const wire = await send(it)
        const changed = { ...wire, ...by }
        fc.pre(JSON.stringify(changed) !== JSON.stringify(wire))
        expect(await codeOf(() => receive(changed, it.to))).toMatch(
          'from' in by
            ? /^(envelope\/stranger|key\/unknown|member\/suspended)$/
            : 'to' in by
              ? /^envelope\/wrong-recipient$/
              : /^envelope\/malformed$/,
        )
      }),
    )
  })

  it('refuses a signed text in which any character was changed, so that nobody can forge a second one', async () => {
    const signed = await sign(example)
    const character = fc.constantFrom(...'ABQgwz019-_.=+/ \n')
    const kind = fc.constantFrom('change', 'add', 'leave out')
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length), character, kind, async (at, by, what) => {
        const changed =
          signed.slice(0, at) + (what === 'leave out' ? '' : by) + signed.slice(what === 'add' ? at : at + 1)
        fc.pre(changed !== signed)
        const route = { ...routeOf(example), hash: hashOfSigned(changed), sealed: '' }
        const code = await codeOf(() => verifyEnvelope(changed, route, { me: 'ke', directory, now }))
        expect(code).toMatch(/^(envelope\/(bad-signature|malformed)|key\/unknown)$/)
        if (at > signed.lastIndexOf('.') && by !== '.') expect(code).toBe('envelope/bad-signature')
      }),
      { numRuns: 500 },
    )
  })

  it('takes an envelope until the instant of its expiry, and up to five minutes from the future', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -600_000, max: 600_000 }),
        fc.constantFrom('expiry', 'issue'),
        async (by, what) => {
          const it =
            what === 'expiry'
              ? { ...example, expiresAt: later(by).toISOString() }
              : { ...example, issuedAt: later(by).toISOString() }
          const refusal = what === 'expiry' ? by <= 0 && 'envelope/expired' : by > 300_000 && 'envelope/from-the-future'
          expect(await codeOf(async () => receive(await send(it), 'ke'))).toBe(refusal || 'accepted')
        },
      ),
    )
  })

  it('judges the key of the sender now, not when the envelope says that it was signed', async () => {
    const backdated = { ...example, issuedAt: '2025-06-01T00:00:00.000Z' }
    const signed = await signEnvelope(backdated, own.fr!['sign-expired']!)
    const wire = await sealEnvelope(signed, routeOf(example), { directory, now })
    expect(await codeOf(() => receive(wire, 'ke'))).toBe('key/expired')
  })

  it('refuses an envelope whose content has no kind', async () => {
    const signed = await sign({ ...example, content: { a: 1 as Json } as unknown as Envelope['content'] })
    const wire = await sealEnvelope(signed, routeOf(example), { directory, now })
    expect(await codeOf(() => receive(wire, 'ke'))).toBe('envelope/malformed')
  })
})

describe('sealEnvelope', () => {
  it('refuses to seal to a stranger or to a member without a valid key', async () => {
    const signed = await sign(example)
    const seal = (to: string, at: Date) => () =>
      sealEnvelope(signed, { ...routeOf(example), to }, { directory, now: at })
    expect(await codeOf(seal('nobody', now))).toBe('member/unknown')
    expect(await codeOf(seal('ke', new Date('2030-01-01T00:00:00Z')))).toBe('key/expired')
  })
})

function headerFor(key: OwnKey): string {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid, typ: 'comity-envelope+jwe', epk: key.publicJwk }
  return Buffer.from(JSON.stringify(header)).toString('base64url')
}
