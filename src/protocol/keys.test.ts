import { sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  generateJwk,
  isPlainSignature,
  openOwnKey,
  PrivateJwk,
  PublicJwk,
  publicPart,
  thumbprint,
} from '#protocol/keys'

describe('thumbprint', () => {
  it('is that of RFC 8037 appendix A.3', async () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
    expect(await thumbprint(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  it('is the same for the private key and for its public part', async () => {
    const jwk = generateJwk('sign')
    expect(await thumbprint(jwk)).toBe(await thumbprint(publicPart(jwk)))
    expect(publicPart(jwk)).not.toHaveProperty('d')
  })
})

describe('openOwnKey', () => {
  it('has one key for both libraries, and shows no private part', async () => {
    for (const use of ['sign', 'seal'] as const) {
      const key = await openOwnKey(generateJwk(use))
      expect(key.use).toBe(use)
      expect(PublicJwk.safeParse(key.publicJwk).success).toBe(true)
      expect(JSON.stringify(key.publicJwk)).not.toContain('"d"')
    }
    const { keyObject } = await openOwnKey(generateJwk('sign'))
    expect(verify(null, Buffer.from('a'), keyObject, sign(null, Buffer.from('a'), keyObject))).toBe(true)
  })
})

describe('PublicJwk', () => {
  it('refuses other curves, private parts and keys of another length', () => {
    const jwk = publicPart(generateJwk('sign'))
    for (const change of [{ crv: 'P-256' }, { kty: 'EC' }, { d: jwk.x }, { x: `${jwk.x}A` }, { x: '' }])
      expect(PublicJwk.safeParse({ ...jwk, ...change }).success).toBe(false)
    expect(PrivateJwk.safeParse(jwk).success).toBe(false)
  })
})

describe('isPlainSignature', () => {
  it('takes every signature as the encoder writes it', async () => {
    const { keyObject } = await openOwnKey(generateJwk('sign'))
    for (let each = 0; each < 64; each++)
      expect(isPlainSignature(sign(null, Buffer.from([each]), keyObject).toString('base64url'))).toBe(true)
  })

  it('refuses spare bits, padding, white space and other lengths', () => {
    const plain = 'A'.repeat(86)
    for (const other of [
      undefined,
      '',
      `${'A'.repeat(85)}B`,
      `${plain}==`,
      `${plain} `,
      `${plain}\n`,
      'A'.repeat(85),
      'A'.repeat(87),
    ])
      expect(isPlainSignature(other)).toBe(false)
  })
})
