import { describe, expect, it } from 'vitest'
import { networkOf } from '#capabilities/people/network'

describe('networkOf', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['fd00::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['::ffff:192.168.1.1', 'private'],
    ['203.0.113.9', 'public'],
    ['2001:db8::1', 'public'],
    ['not an address', null],
    [undefined, null],
  ] as const)('calls %s %s', (address, network) => expect(networkOf(address)).toBe(network))
})
