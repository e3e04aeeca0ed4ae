import { formatLimits } from '#formats/faults'
import { type Chunks, decodeChunks } from '#formats/text'

export interface Line {
  /** From 1. */
  readonly line: number
  /** Null when the line is longer than the limit: its content was let go. */
  readonly text: string | null
  /** False only for a last line without a line break behind it. */
  readonly ended: boolean
}

/** Lines ended by LF or CRLF; blank ones are left out. */
export async function* readLines(chunks: Chunks): AsyncGenerator<Line> {
  let line = 1
  let held = ''
  let tooLong = false
  for await (const piece of decodeChunks(chunks)) {
    let from = 0
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', from)) {
      const text = held + piece.slice(from, at)
      if (tooLong || text.length > formatLimits.line) yield { line, text: null, ended: true }
      else if (text.trim() !== '') yield { line, text: text.trim(), ended: true }
      from = at + 1
      line++
      held = ''
      tooLong = false
    }
    held += piece.slice(from)
    if (held.length > formatLimits.line) {
      tooLong = true
      held = ''
    }
  }
  if (tooLong) yield { line, text: null, ended: false }
  else if (held.trim() !== '') yield { line, text: held.trim(), ended: false }
}
