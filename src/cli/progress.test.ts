import { describe, expect, it } from 'vitest'
import { widthOf } from '#cli/printable'
import { grouped, startProgress, timeText } from '#cli/progress'

function watch(errorColumns: number | undefined) {
  const lines: string[] = []
  let time = 0
  const wait = (milliseconds: number) => {
    time += milliseconds
  }
  const terminal = { errorColumns, err: (text: string) => void lines.push(text) }
  const progress = startProgress({ terminal, total: 1_000, unit: 'rows', now: () => time, from: 100 })
  return { lines, progress, wait }
}

describe('startProgress', () => {
  it('draws a bar with rate and time left, as wide as the screen at most', () => {
    const { lines, progress, wait } = watch(60)
    wait(2_000)
    progress.at(300, '3 matches')
    expect(lines[0]).toContain('300 of 1 000 rows   100 ro…')
    expect(widthOf(lines[0]?.replace('\r\u001b[K', '') ?? '')).toBe(59)
    const { lines: wide, progress: other, wait: pass } = watch(200)
    pass(2_000)
    other.at(300, '3 matches')
    expect(wide[0]).toContain('30 %  300 of 1 000 rows   100 rows/s   7 s left   3 matches')
  })

  it('does not count what an earlier run did towards the rate, and draws at most ten times a second', () => {
    const { lines, progress, wait } = watch(200)
    for (let at = 101; at <= 200; at++) {
      wait(10)
      progress.at(at)
    }
    expect(lines.length).toBeLessThanOrEqual(11)
    expect(lines.at(-1)).toContain('100 rows/s')
  })

  it('writes lines into a log, seldom, and the last at the end', () => {
    const { lines, progress, wait } = watch(undefined)
    progress.at(200)
    wait(10_000)
    progress.at(1_000)
    progress.end()
    expect(lines).toEqual(['1 000 of 1 000 rows   90 rows/s\n'])
  })
})

describe('timeText', () => {
  it.each([
    [4.4, '4 s'],
    [65, '1 min 05 s'],
    [7_325, '2 h 02 min'],
  ])('%d', (seconds, text) => expect(timeText(seconds)).toBe(text))
})

describe('grouped', () => {
  it.each([
    [12, '12'],
    [1234567, '1 234 567'],
    [1234.5, '1 234.5'],
  ])('%d', (number, text) => expect(grouped(number)).toBe(text))
})
