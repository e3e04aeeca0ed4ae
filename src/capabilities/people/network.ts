import { BlockList, isIP } from 'node:net'
import type { Network } from '#capabilities/people/store'

// RFC 1918, RFC 4193, RFC 3927, RFC 4291 section 2.5.6 and RFC 6598.
const privateRanges = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  privateRanges.addSubnet(network, bits, 'ipv4')
privateRanges.addSubnet('fc00::', 7, 'ipv6')
privateRanges.addSubnet('fe80::', 10, 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** The class of the address that a request came from; null when it is not known. The address itself is not kept. */
export function networkOf(address: string | undefined): Network | null {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? ''
  const family = isIP(plain)
  if (family === 0) return null
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (loopback.check(plain, kind)) return 'loopback'
  return privateRanges.check(plain, kind) ? 'private' : 'public'
}
