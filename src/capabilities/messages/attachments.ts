import { fault } from '#capabilities/messages/faults'
import {
  type Attachment,
  attachmentsLimitBytes,
  type MediaType,
  type Message,
  mediaTypes,
  safeName,
} from '#capabilities/messages/record'
import { sha256, toHex } from '#kernel/bytes'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'

/** Attachments come from outside on both sides: from an officer's disk and from a peer. Both are held to the same rules. */

export interface AttachmentInput {
  readonly name: string
  readonly mediaType: string
  readonly content: string
  /** What the sender's software computed, to find damage on the way here. */
  readonly sha256?: string | undefined
}

/** What an officer attaches, as it is recorded. Throws `messages/media-type`, `-encoding`, `-hash`, `too-large`. */
export function readAttachments(given: Readonly<Record<string, AttachmentInput>>): Message['attachments'] {
  const attachments: Message['attachments'] = {}
  for (const [key, { name, mediaType, content, sha256: expected }] of Object.entries(given)) {
    const known = mediaTypes.find((it) => it === mediaType)
    if (known === undefined)
      throw fault('messages/media-type', `${mediaType} cannot be attached. What can: ${mediaTypes.join(', ')}.`, {
        rule: 'closed list of media types',
        details: { key },
      })
    const bytes = decode(key, content)
    const hash = toHex(sha256(bytes))
    if (expected !== undefined && expected !== hash) throw wrongHash(key)
    attachments[key] = { name: safeName(name), mediaType: known, bytes: bytes.byteLength, sha256: hash, content }
  }
  checkAttachments(attachments)
  return attachments
}

/** What a message carries is what it says it carries. Throws `messages/attachment-hash` and the others above. */
export function checkAttachments(attachments: Message['attachments']): void {
  let total = 0
  for (const [key, attachment] of Object.entries(attachments)) {
    const bytes = checkAttachment(key, attachment)
    total += bytes.byteLength
    if (!looksLike(attachment.mediaType, bytes))
      throw fault('messages/media-type', `${attachment.name} is not what ${attachment.mediaType} looks like.`, {
        rule: 'closed list of media types',
        details: { key },
      })
  }
  if (total > attachmentsLimitBytes)
    throw fault(
      'messages/too-large',
      `The attachments have ${total} bytes; ${attachmentsLimitBytes} fit into one message.`,
      { rule: 'protocol point 4: the size of an envelope', details: { bytes: total, limit: attachmentsLimitBytes } },
    )
}

/** One attachment of a message, its hash checked again. Throws `messages/no-such-attachment`, `messages/attachment-hash`. */
export function openAttachment({ attachments }: Pick<Message, 'attachments'>, key: string): Attachment {
  const attachment = Object.hasOwn(attachments, key) ? attachments[key] : undefined
  if (attachment === undefined) throw fault('messages/no-such-attachment', 'The message has no such attachment.')
  checkAttachment(key, attachment)
  return attachment
}

function checkAttachment(key: string, { bytes, sha256: expected, content }: Attachment): Uint8Array {
  const decoded = decode(key, content)
  if (decoded.byteLength !== bytes || toHex(sha256(decoded)) !== expected) throw wrongHash(key)
  return decoded
}

function wrongHash(key: string) {
  return fault('messages/attachment-hash', 'The content of an attachment does not have the SHA-256 that is stated.', {
    rule: 'attachment integrity',
    details: { key },
  })
}

/** Takes only the one base64 text that the bytes have: no second spelling of the same content, no ignored characters. */
function decode(key: string, content: string): Buffer {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.byteLength > 0 && bytes.toString('base64') === content) return bytes
  throw fault('messages/attachment-encoding', 'The content of an attachment is empty or not plain base64.', {
    rule: 'RFC 4648 section 4',
    details: { key },
  })
}

const signatures: Partial<Record<MediaType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
}

/** A declared type that the first bytes contradict is how a program travels as a picture. */
function looksLike(mediaType: MediaType, bytes: Uint8Array): boolean {
  const signature = signatures[mediaType]
  if (signature !== undefined) return signature.every((it, at) => bytes[at] === it)
  const text = readText(bytes)
  if (text === undefined) return false
  return mediaType !== 'application/json' || isJson(text)
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? undefined : text
  } catch {
    return undefined
  }
}

function isJson(text: string): boolean {
  try {
    parseJson(text, { bytes: attachmentsLimitBytes, depth: 64 })
    return true
  } catch (cause) {
    if (isFault(cause)) return false
    throw cause
  }
}
