import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Tally } from '#cli/commands/screen-output'
import { usage } from '#cli/failure'
import { writePrivate } from '#cli/profile'

/** How far a run came: what is in the output up to `bytes` are the first `tally.rows` rows of the input. */
export interface ScreenState {
  readonly input: string
  /** Of the input and of all that decides what is written. */
  readonly fingerprint: string
  readonly tally: Tally
  readonly bytes: number
}

export function stateFile(out: string): string {
  return `${out}.state.json`
}

export function fingerprintOf(input: string, options: object): string {
  const { size, mtimeMs } = statSync(input)
  return createHash('sha256')
    .update(JSON.stringify([resolve(input), size, mtimeMs, options]))
    .digest('hex')
}

/** The state to go on from. Throws `cli/usage` when there is none, or when the input or the options are others. */
export function readState(out: string, fingerprint: string): ScreenState {
  const file = stateFile(out)
  if (!existsSync(file)) {
    const finished = existsSync(out) ? `${out} is complete.` : `No run with the output ${out} was cut short.`
    throw usage(`There is nothing to resume: ${finished}`)
  }
  const state = JSON.parse(readFileSync(file, 'utf8')) as ScreenState
  if (state.fingerprint !== fingerprint)
    throw usage('The input or the options are not those of the run that was cut short. Begin again with another --out.')
  if (!existsSync(out) || statSync(out).size < state.bytes)
    throw usage(`${out} is shorter than it was when the run was cut short. Begin again with another --out.`)
  return state
}

export function writeState(out: string, state: ScreenState): void {
  writePrivate(stateFile(out), `${JSON.stringify(state)}\n`)
}

export function forgetState(out: string): void {
  rmSync(stateFile(out), { force: true })
}
