import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { headOf, linesOf, type OutputFormat, type RowOutcome } from '#cli/commands/screen-output'
import type { Terminal } from '#cli/terminal'

export interface OutputOptions {
  readonly out: string | undefined
  readonly format: OutputFormat
  /** Length to go on from; what is behind it was written and not counted. */
  readonly from: number | undefined
  readonly terminal: Terminal
}

/** What has been screened is on the disk before it counts as done. The file is made at the first outcome, for its owner alone. */
export function openOutput({ out, format, from, terminal }: OutputOptions) {
  let handle: number | undefined
  let bytes = from ?? 0
  let begun = from !== undefined
  const open = (path: string) => {
    handle = openSync(path, from === undefined ? 'wx' : 'r+', 0o600)
    if (from !== undefined) ftruncateSync(handle, from)
    return handle
  }
  const append = (file: number, text: string) => {
    const buffer = Buffer.from(text)
    for (let at = 0; at < buffer.byteLength; ) at += writeSync(file, buffer, at, buffer.byteLength - at, bytes + at)
    bytes += buffer.byteLength
    fsyncSync(file)
  }
  return {
    /** Returns the length of the output with these outcomes. */
    write(outcomes: readonly RowOutcome[]): number {
      const text = `${begun ? '' : headOf(format)}${outcomes.map((it) => linesOf(it, format)).join('')}`
      begun = true
      if (out === undefined) terminal.out(text)
      else append(handle ?? open(out), text)
      return bytes
    },
    close() {
      if (handle !== undefined) closeSync(handle)
    },
  }
}
