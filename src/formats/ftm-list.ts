import { fault, formatLimits, type Rejection, rejection } from '#formats/faults'
import { ftmEntry, heldBy, linkEnds, listedSchemata } from '#formats/ftm-entry'
import { parseFtmLine, type RawEntity, readRawEntity } from '#formats/ftm-line'
import { readLines } from '#formats/lines'
import { finishEntry, type ListItem } from '#formats/list-entry'
import { type Chunks, plainText } from '#formats/text'

/**
 * Reads a list as FollowTheMoney entities, JSON lines (OpenSanctions' entities.ftm.json): an entry for each target with its
 * documents, addresses, wallets, accounts, sanctions and links, which stand as entities of their own anywhere in the file.
 * All is held until the end and given out in the order of ids, so the result depends on what the file has and not on its
 * order. Where no line says whether it is a target, all that can be on a list are entries. Rejected: lines that are no
 * entity, targets of a schema that cannot be screened, an id that is there twice. Throws `formats/not-ftm-json`,
 * `formats/truncated` and `formats/too-large`.
 */
export async function* readFtmList(chunks: Chunks): AsyncGenerator<ListItem> {
  const entities = new Map<string, RawEntity>()
  const rejected: Rejection[] = []
  let isFirst = true
  for await (const { line, text, ended } of readLines(chunks)) {
    if (isFirst && text?.startsWith('{') !== true)
      throw fault('formats/not-ftm-json', 'The file does not begin with a JSON object.')
    isFirst = false
    const value = text === null ? tooLong(line) : parseFtmLine(text, line)
    if (!ended && 'code' in value && value.code === 'formats/wrong-json')
      throw fault('formats/truncated', 'The file ends inside a line.', { details: { line } })
    const entity = 'kind' in value && value.kind === 'rejected' ? (value as Rejection) : readRawEntity(value, line)
    if ('code' in entity) rejected.push(entity)
    else if (entities.has(entity.id))
      rejected.push(rejection(`line ${line}`, 'formats/duplicate-ref', `The id ${entity.id} was already read.`))
    else entities.set(entity.id, entity)
    if (entities.size > formatLimits.entries) throw fault('formats/too-large', 'The file has too many entities.')
  }
  if (isFirst) throw fault('formats/not-ftm-json', 'The file is empty.')
  yield { kind: 'header', source: 'ftm', generatedAt: null }
  yield* entriesOf(entities)
  yield* rejected
}

function* entriesOf(entities: ReadonlyMap<string, RawEntity>): Generator<ListItem> {
  const sorted = [...entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const [held, links, sanctions] = [indexed(), indexed(), indexed()]
  for (const it of sorted) {
    const holder = heldBy[it.schema]
    if (holder !== undefined) held.add(it, it.properties[holder])
    else if (it.schema === 'Sanction') sanctions.add(it, it.properties.entity)
    else for (const end of linkEnds[it.schema] ?? []) links.add(it, it.properties[end])
  }
  const saysTargets = sorted.some((it) => it.target !== null)
  for (const raw of sorted) {
    if (saysTargets ? raw.target !== true : listedSchemata[raw.schema] === undefined) continue
    // What somebody in the file holds is told there.
    const holder = heldBy[raw.schema]
    if (holder !== undefined && raw.properties[holder]?.some((it) => entities.has(it)) === true) continue
    if (listedSchemata[raw.schema] === undefined) {
      const reason = `What is of the schema '${plainText(raw.schema, 64)}' cannot be screened.`
      yield rejection(raw.id, 'formats/unknown-schema', reason)
      continue
    }
    const beside = { held: held.of(raw.id), links: links.of(raw.id), sanctions: sanctions.of(raw.id) }
    const entry = ftmEntry(raw, { ...beside, find: (id) => entities.get(id) })
    yield finishEntry(entry, raw.id)
  }
}

function indexed() {
  const lists = new Map<string, RawEntity[]>()
  return {
    add(entity: RawEntity, ids: readonly string[] | undefined): void {
      for (const id of new Set(ids ?? [])) lists.set(id, [...(lists.get(id) ?? []), entity])
    },
    of: (id: string): readonly RawEntity[] => lists.get(id) ?? [],
  }
}

function tooLong(line: number): Rejection {
  return rejection(`line ${line}`, 'formats/wrong-shape', `The line is longer than ${formatLimits.line} characters.`)
}
