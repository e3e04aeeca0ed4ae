import type { RecordId } from '#kernel/ids'
import type { OpenedEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import { contentKinds, WireContent } from '#wire/content'
import { fault } from '#wire/faults'

/** Throws `content/unknown`, `content/malformed` or `record/malformed`. */
export function readContent({ content }: OpenedEnvelope): WireContent {
  const parsed = WireContent.safeParse(content)
  if (parsed.success) return parsed.data
  const { kind } = content
  if (!contentKinds.has(kind)) throw fault('content/unknown', `Content of kind ${kind} is not known here.`)
  const issues = parsed.error.issues.map((it) => it.path.join('/'))
  const options = { rule: `form of ${issues[0]}`, details: { issues } }
  if (kind === 'record') throw protocolFault('record/malformed', 'This is not a signed record.', options)
  throw fault('content/malformed', `The ${kind} lacks a part, or has one too many.`, options)
}

/** Which version of which record content is about, for the receipt. */
export function recordIn(content: WireContent | undefined): { id: RecordId; version: number } | null {
  if (content === undefined) return null
  if (content.kind === 'record') return { id: content.record.text.id, version: content.record.text.version }
  return 'id' in content && 'version' in content ? { id: content.id, version: content.version } : null
}
