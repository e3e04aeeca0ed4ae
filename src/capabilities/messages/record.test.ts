import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Attachment, Message, safeName } from '#capabilities/messages/record'

describe('safeName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\plan.png', 'plan.png'],
    ['..', 'attachment'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\n.csv', 'ab.csv'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a<b>:c?.txt', 'a_b__c_.txt'],
    ['محضر الشرطة.pdf', 'محضر الشرطة.pdf'],
    [`${'x'.repeat(200)}.pdf`, `${'x'.repeat(116)}.pdf`],
    ['', 'attachment'],
  ])('makes of %j the name %j', (given, name) => {
    expect(safeName(given)).toBe(name)
  })

  it('gives any text a name that the schema takes, and leaves a safe name as it is', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('/', '\\', '.', ' ', ':', '\u202e', '\u0301'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 300,
    })
    fc.assert(
      fc.property(text, (given) => {
        const name = safeName(given)
        expect(safeName(name)).toBe(name)
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u)
        expect(Attachment.shape.name.safeParse(name).success).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('Message', () => {
  const request: Message = {
    thread: null,
    kind: 'request',
    to: ['ke'],
    subject: 'A flat in Mombasa',
    text: 'Who rents it?',
    urgency: 'normal',
    concerning: [],
    deadlineAt: '2026-11-29T12:00:00.000Z',
    deadlineRule: 'eu-2023-977.other',
    attachments: {},
  }
  const thread = `rec_${'0'.repeat(32)}` as const

  it('takes a request', () => {
    expect(Message.safeParse(request).success).toBe(true)
  })

  it.each<[string, Partial<Message>]>([
    ['a request inside a thread', { thread }],
    ['an answer without a thread', { kind: 'answer', deadlineAt: null, deadlineRule: null }],
    ['information with a deadline', { kind: 'information' }],
    ['a deadline without its rule', { deadlineRule: null }],
    ['an urgent request that does not say where the data lies', { urgency: 'urgent' }],
    ['a recipient twice', { to: ['ke', 'ke'] }],
    ['no recipient', { to: [] }],
    ['an attachment with a path', { attachments: { a: attachment({ name: '../x.pdf' }) } }],
    [
      'an attachment of a type that is not on the list',
      { attachments: { a: attachment({ mediaType: 'text/html' as never }) } },
    ],
  ])('refuses %s', (_, change) => {
    expect(Message.safeParse({ ...request, ...change }).success).toBe(false)
  })
})

function attachment(change: Partial<Attachment>): Attachment {
  return { name: 'x.pdf', mediaType: 'application/pdf', bytes: 1, sha256: '0'.repeat(64), content: 'QQ==', ...change }
}
