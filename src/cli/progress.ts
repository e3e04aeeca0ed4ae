import { cutTo } from '#cli/printable'
import type { Terminal } from '#cli/terminal'

export interface Progress {
  /** How far it has come, in the unit of the total, and what to say of it. */
  at(done: number, note?: string): void
  end(): void
}

export interface ProgressOptions {
  readonly terminal: Pick<Terminal, 'err' | 'errorColumns'>
  /** In rows or bytes; undefined when nobody knows. */
  readonly total?: number | undefined
  readonly unit: string
  readonly now?: () => number
  /** Where an earlier run stopped: it counts as done and not towards the rate. */
  readonly from?: number
}

const redrawMilliseconds = 100
/** Without a screen one line now and then, so that a log shows that it goes on. */
const logMilliseconds = 30_000

/** A bar with rate and time left on standard error. Written here: it is forty lines, and a library brings its own terminal. */
export function startProgress({
  terminal,
  total,
  unit,
  now = () => performance.now(),
  from = 0,
}: ProgressOptions): Progress {
  const started = now()
  let drawn = terminal.errorColumns === undefined ? started : Number.NEGATIVE_INFINITY
  let last: [number, string] = [from, '']
  const line = ([done, note]: [number, string]) => {
    const seconds = (now() - started) / 1000
    const rate = seconds > 0 ? (done - from) / seconds : 0
    const parts = [
      total === undefined ? `${grouped(done)} ${unit}` : `${grouped(done)} of ${grouped(total)} ${unit}`,
      rate > 0 ? `${grouped(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))} ${unit}/s` : '',
      total !== undefined && rate > 0 && done < total ? `${timeText((total - done) / rate)} left` : '',
      note,
    ]
    return parts.filter((it) => it !== '').join('   ')
  }
  const draw = (state: [number, string]) => {
    const columns = terminal.errorColumns
    if (columns === undefined) return terminal.err(`${line(state)}\n`)
    const bar = total === undefined || total === 0 ? '' : `${barOf(state[0] / total)}  `
    terminal.err(`\r\u001b[K${cutTo(bar + line(state), columns - 1)}`)
  }
  return {
    at(done, note = '') {
      last = [done, note]
      const pause = terminal.errorColumns === undefined ? logMilliseconds : redrawMilliseconds
      if (now() - drawn < pause) return
      drawn = now()
      draw(last)
    },
    end() {
      draw(last)
      if (terminal.errorColumns !== undefined) terminal.err('\n')
    },
  }
}

const barWidth = 24

function barOf(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${String(Math.floor(Math.min(1, share) * 100)).padStart(3)} %`
}

export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3_600)} h ${String(Math.floor((whole % 3_600) / 60)).padStart(2, '0')} min`
}

/** 12 345: thin groups read the same in every country. */
export function grouped(number: number): string {
  const [whole, part] = String(number).split('.')
  const groups = whole!.replaceAll(/\B(?=(\d{3})+$)/g, ' ')
  return part === undefined ? groups : `${groups}.${part}`
}
