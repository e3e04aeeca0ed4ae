import { createPrivateKey, type KeyObject } from 'node:crypto'

/** The DER frame of an Ed25519 private key (RFC 8410 section 7), before its 32 bytes. */
export function keyFromSeed(seed: string): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'hex')])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
