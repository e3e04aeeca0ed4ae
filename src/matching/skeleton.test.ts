import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashKey, skeletonOf, skeletonOfBytes } from '#matching/skeleton'

it('reads the same skeleton from bytes as from a text', () => {
  const sound = fc.integer({ min: 0x21, max: 0x7e })
  fc.assert(
    fc.property(fc.array(sound, { maxLength: 32 }), fc.nat(9), (codes, seed) => {
      const skeleton = skeletonOf(String.fromCharCode(...codes))
      const read = skeletonOfBytes(Uint8Array.from(codes), codes.length, seed)
      expect(read).toEqual({ length: skeleton.length, hash: hashKey(skeleton, seed) })
    }),
  )
})
