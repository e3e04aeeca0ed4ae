import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAttachments, openAttachment, readAttachments } from '#capabilities/messages/attachments'
import { base64 } from '#capabilities/messages/office.fixture'
import { attachmentsLimitBytes } from '#capabilities/messages/record'
import { sha256, toHex } from '#kernel/bytes'

const text = { name: 'notes.txt', mediaType: 'text/plain', content: base64('seen at the port') }

function refusal(act: () => unknown): string | undefined {
  try {
    act()
  } catch (cause) {
    return (cause as { code: string }).code
  }
  return undefined
}

describe('readAttachments', () => {
  it('records name, size and SHA-256 of what is attached', () => {
    expect(readAttachments({ a: { ...text, name: '/home/x/notes.txt' } })).toEqual({
      a: {
        name: 'notes.txt',
        mediaType: 'text/plain',
        bytes: 16,
        sha256: toHex(sha256('seen at the port')),
        content: text.content,
      },
    })
  })

  it('brings any text through, and finds any other content by its hash', () => {
    const content = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((it) => !it.includes('\u0000'))
    fc.assert(
      fc.property(content, content, (one, other) => {
        const attachments = readAttachments({ a: { ...text, content: base64(one) } })
        expect(Buffer.from(openAttachment({ attachments }, 'a').content, 'base64').toString()).toBe(one)
        const swapped = { a: { ...attachments.a!, content: base64(other) } }
        expect(refusal(() => openAttachment({ attachments: swapped }, 'a'))).toBe(
          one === other ? undefined : 'messages/attachment-hash',
        )
      }),
    )
  })

  it.each([
    ['a type that is not on the list', { mediaType: 'text/html' }, 'messages/media-type'],
    ['a program that is called a picture', { mediaType: 'image/png', content: base64('MZ…') }, 'messages/media-type'],
    ['bytes that are called text', { content: Buffer.from([0xff, 0xfe, 0]).toString('base64') }, 'messages/media-type'],
    ['JSON that is none', { mediaType: 'application/json', content: base64('{"a":') }, 'messages/media-type'],
    ['an empty attachment', { content: '' }, 'messages/attachment-encoding'],
    ['base64 with a line break', { content: 'c2Vl\nbg==' }, 'messages/attachment-encoding'],
    ['base64 with spare bits set', { content: 'QR==' }, 'messages/attachment-encoding'],
    ['content that does not fit the stated hash', { sha256: '0'.repeat(64) }, 'messages/attachment-hash'],
  ])('refuses %s', (_, change, code) => {
    expect(refusal(() => readAttachments({ a: { ...text, ...change } }))).toBe(code)
  })

  it('takes attachments up to the limit together, and refuses one byte more with the rule', () => {
    const of = (bytes: number) => ({ ...text, content: Buffer.alloc(bytes, 0x41).toString('base64') })
    const half = attachmentsLimitBytes / 2
    expect(Object.keys(readAttachments({ a: of(half), b: of(half) }))).toHaveLength(2)
    expect(refusal(() => readAttachments({ a: of(half), b: of(half + 1) }))).toBe('messages/too-large')
  })
})

describe('openAttachment', () => {
  it('knows no key that the message does not have', () => {
    expect(refusal(() => openAttachment({ attachments: {} }, 'constructor'))).toBe('messages/no-such-attachment')
  })
})

describe('checkAttachments', () => {
  it('refuses a stated size that is not the real one', () => {
    const { a } = readAttachments({ a: text })
    expect(refusal(() => checkAttachments({ a: { ...a!, bytes: 15 } }))).toBe('messages/attachment-hash')
  })
})
