import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { bytesOf, hashOfBytes, imageSizeOf, isShowable } from '#capabilities/messages/attachment-bytes'
import { sha256, toHex } from '#kernel/bytes'

const jpeg = (...segments: number[][]) => new Uint8Array([0xff, 0xd8, ...segments.flat()])
const frame = (marker: number, width: number, height: number) => [
  ...[0xff, marker, 0, 11, 8],
  ...[height >> 8, height & 255, width >> 8, width & 255],
  ...[1, 1, 0x11, 0],
]

describe('hashOfBytes', () => {
  it('is the hash that the node computes', async () => {
    const bytes = bytesOf(Buffer.from('floor,door\n3,12\n').toString('base64'))
    expect(await hashOfBytes(bytes)).toBe(toHex(sha256(bytes)))
  })
})

describe('imageSizeOf', () => {
  it('reads a PNG from its header', () => {
    const bytes = new Uint8Array(PNG.sync.write(new PNG({ width: 7, height: 3 })))
    expect(imageSizeOf('image/png', bytes)).toEqual({ width: 7, height: 3 })
  })

  it.each([0xc0, 0xc2])('reads a JPEG from its frame, past what comes before it', (marker) => {
    const bytes = jpeg([0xff, 0xe0, 0, 4, 1, 2], [0xff, 0xc4, 0, 2], [0xff], frame(marker, 640, 480))
    expect(imageSizeOf('image/jpeg', bytes)).toEqual({ width: 640, height: 480 })
  })

  it.each([
    ['image/png', new Uint8Array([0x89, 0x50])],
    ['image/jpeg', jpeg()],
    ['image/jpeg', jpeg([0xff, 0xe0, 0, 0])],
    ['image/jpeg', jpeg([0xff, 0xe0, 0xff, 0xff])],
    ['application/pdf', new Uint8Array(64)],
  ])('finds none in a damaged %s', (mediaType, bytes) => {
    expect(imageSizeOf(mediaType, bytes)).toBeUndefined()
  })
})

describe('isShowable', () => {
  it('refuses what would fill the memory', () => {
    expect(isShowable({ width: 4_000, height: 3_000 })).toBe(true)
    expect(isShowable({ width: 60_000, height: 60_000 })).toBe(false)
    expect(isShowable({ width: 0, height: 3 })).toBe(false)
  })
})
