import { basename, extname } from 'node:path'
import type { Flag } from '#cli/command'
import { usage } from '#cli/failure'
import { readBytes } from '#cli/values'

/**
 * Shorter ways to say what an operation's own flags can say already. Each entry names its operation and what a flag does to
 * the body; an operation that is not there yet costs nothing.
 */
export interface Shorthand {
  readonly operation: string
  readonly flags?: readonly ShorthandFlag[]
  /** Members of the body that the flags stand for, and that the help leaves out. */
  readonly instead?: readonly string[]
  /** Writes a member of the reply, in base64, to a file. */
  readonly saves?: { readonly flag: Flag; readonly member: string }
  /** One line to copy, without `comity`. */
  readonly example?: string
}

export interface ShorthandFlag extends Flag {
  /** What the texts that were given do to the body. */
  readonly apply: (body: Record<string, unknown>, texts: readonly string[]) => void
}

/** Puts names, given one by one or with commas, into a list below the body. */
function namesAt(...path: [string, ...string[]]): ShorthandFlag['apply'] {
  return (body, texts) => {
    const names = texts.flatMap((it) => it.split(',')).map((it) => it.trim())
    const [last, ...parents] = path.toReversed()
    const holder = parents.toReversed().reduce<Record<string, unknown>>(memberOf, body)
    const before = Array.isArray(holder[last!]) ? (holder[last!] as unknown[]) : []
    holder[last!] = [...new Set([...before, ...names.filter((it) => it !== '')])]
  }
}

/** Files as the attachments of a message, each under a key of its own. */
function attach(body: Record<string, unknown>, paths: readonly string[]): void {
  const attachments = memberOf(body, 'attachments')
  for (const path of paths) {
    const mediaType = mediaTypes[extname(path).toLowerCase()]
    if (mediaType === undefined)
      throw usage(`--attach takes files that end in ${Object.keys(mediaTypes).join(', ')}. Not: ${path}`)
    const content = readBytes(path).toString('base64')
    attachments[`a${Object.keys(attachments).length + 1}`] = { name: basename(path), mediaType, content }
  }
}

/** The media types that a message can carry, by the ending of the file. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.json': 'application/json',
}

function memberOf(parent: Record<string, unknown>, name: string): Record<string, unknown> {
  const present = parent[name]
  if (typeof present === 'object' && present !== null && !Array.isArray(present))
    return present as Record<string, unknown>
  const made: Record<string, unknown> = {}
  parent[name] = made
  return made
}

/** `/body/relations/r1=ke,fr`: the part of the record that only these members get. */
function onlyFor(body: Record<string, unknown>, texts: readonly string[]): void {
  for (const text of texts) {
    const at = text.indexOf('=')
    if (!text.startsWith('/') || at < 0)
      throw usage(`--only takes a pointer and members: /body/relations/r1=ke,fr. Not: ${text}`)
    namesAt('marks', text.slice(0, at), 'audience', 'members')(body, [text.slice(at + 1)])
  }
}

const audience = { value: 'member', repeat: true } as const
const withFlags: readonly ShorthandFlag[] = [
  { name: 'with', ...audience, help: 'members, with commas or repeated', apply: namesAt('with', 'members') },
  { name: 'group', ...audience, value: 'group', help: 'groups of the directory', apply: namesAt('with', 'groups') },
  {
    name: 'sector',
    ...audience,
    value: 'kind',
    help: 'all members of a kind: state, organisation, financial, technology, secretariat',
    apply: namesAt('with', 'sectors'),
  },
]
const attachFlag: ShorthandFlag = {
  name: 'attach',
  value: 'file',
  help: 'a file to attach',
  repeat: true,
  apply: attach,
}

export const shorthands: readonly Shorthand[] = [
  {
    operation: 'records.share',
    instead: ['with'],
    flags: [
      ...withFlags,
      {
        name: 'only',
        value: 'pointer=member',
        help: 'a part of the record that only these members get: /body/relations/r1=ke',
        repeat: true,
        apply: onlyFor,
      },
    ],
    example: 'share rec_0198… --with ke,horizon-bank --purpose counter-terrorism --reference CASE-7',
  },
  { operation: 'lists.share', instead: ['with'], flags: withFlags, example: 'lists share un-sc --sector financial' },
  { operation: 'subjects.record', example: 'record --file subject.json' },
  { operation: 'subjects.amend', example: 'subjects amend rec_0198… --file subject.json' },
  { operation: 'messages.send', flags: [attachFlag] },
  { operation: 'messages.answer', flags: [attachFlag] },
  {
    operation: 'messages.attachment',
    saves: { flag: { name: 'out', value: 'file', help: 'writes the attachment to a new file' }, member: 'content' },
    example: 'messages attachment rec_0198… a1 --out report.pdf',
  },
]

export function shorthandOf(operation: string): Shorthand | undefined {
  return shorthands.find((it) => it.operation === operation)
}
