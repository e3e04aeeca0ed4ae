import { fault, formatLimits } from '#formats/faults'
import { parseFtmLine } from '#formats/ftm-line'
import { readLines } from '#formats/lines'
import type { Chunks } from '#formats/text'

const operations = ['ADD', 'MOD', 'DEL'] as const
type Operation = (typeof operations)[number]

interface Step {
  /** What the base must be like for it to fit: without the entity for ADD, with it for the others. */
  readonly first: Operation
  readonly last: Operation
  /** The entity's own line; empty for DEL. */
  readonly text: string
}

/**
 * Applies OpenSanctions' delta (entities.delta.json: `{"op": "ADD" | "MOD" | "DEL", "entity": {…}}` a line; DEL carries the
 * id alone) to the file that it was made for, and gives the lines of the new file. A delta is taken whole or not at all: one
 * that adds what is there, or changes or removes what is not, belongs to another version and throws `formats/wrong-delta`
 * with the id, because a list that is quietly stale is worse than an import that fails. Throws `formats/not-ftm-json` and
 * `formats/truncated` as well.
 */
export async function* applyFtmDelta(base: Chunks, delta: Chunks): AsyncGenerator<string> {
  const steps = await readSteps(delta)
  for await (const { line, text } of readLines(base)) {
    const value = text === null ? {} : parseFtmLine(text, line)
    const id = 'id' in value ? String(value.id) : ''
    const step = steps.get(id)
    if (step === undefined) {
      if (text !== null) yield `${text}\n`
      continue
    }
    if (step.first === 'ADD') throw misfit(id, 'adds what the list already has')
    steps.delete(id)
    if (step.last !== 'DEL') yield `${step.text}\n`
  }
  for (const [id, { first, last, text }] of steps) {
    if (first !== 'ADD')
      throw misfit(id, first === 'MOD' ? 'changes what the list does not have' : 'removes what it lacks')
    if (last !== 'DEL') yield `${text}\n`
  }
}

async function readSteps(delta: Chunks): Promise<Map<string, Step>> {
  const steps = new Map<string, Step>()
  let isFirst = true
  for await (const { line, text, ended } of readLines(delta)) {
    if (isFirst && text?.startsWith('{') !== true)
      throw fault('formats/not-ftm-json', 'The delta does not begin with a JSON object.')
    isFirst = false
    const value = text === null ? null : parseFtmLine(text, line)
    if (value === null || 'reason' in value) {
      if (!ended) throw fault('formats/truncated', 'The delta ends inside a line.', { details: { line } })
      throw wrong(line)
    }
    const { op, entity } = value as { op?: unknown; entity?: { id?: unknown } | null }
    const id = entity?.id
    const operation = operations.find((it) => it === op)
    if (operation === undefined || typeof id !== 'string') throw wrong(line)
    const before = steps.get(id)
    if (before !== undefined && (before.last === 'DEL') !== (operation === 'ADD'))
      throw misfit(id, 'has steps that do not follow on each other')
    const first = before?.first ?? operation
    steps.set(id, { first, last: operation, text: operation === 'DEL' ? '' : JSON.stringify(entity) })
    if (steps.size > formatLimits.sideRows) throw fault('formats/too-large', 'The delta has too many steps.')
  }
  return steps
}

function wrong(line: number) {
  return fault('formats/not-ftm-json', `Line ${line} of the delta is no step with op and entity.`, {
    details: { line },
  })
}

function misfit(id: string, words: string) {
  const reason = `The delta does not fit the list that the node has: it ${words} (${id.slice(0, 80)}). Import the whole list.`
  return fault('formats/wrong-delta', reason, { details: { id: id.slice(0, 255) } })
}
