import { describe, expect, it } from 'vitest'
import { readWrittenName, splitNames } from '#formats/un-names'

describe('splitNames', () => {
  it('parts names at semicolons outside brackets and at list marks', () => {
    expect(splitNames('A; B (C; D) ; E b) F,')).toEqual(['A', 'B (C; D)', 'E', 'F'])
    expect(splitNames(' ;; ')).toEqual([])
  })

  it('takes a run of marks in linear time', () => {
    const before = process.threadCpuUsage()
    expect(splitNames(`${','.repeat(60_000)}x${' ,'.repeat(30_000)}y`)).toHaveLength(1)
    const { user, system } = process.threadCpuUsage(before)
    expect(user + system).toBeLessThan(500_000)
  })
})

describe('readWrittenName', () => {
  it.each([
    ['Exercise Front (EF)', 'Exercise Front', ['EF'], ''],
    ['Exercise Front (PAKISTAN)', 'Exercise Front', [], 'PAKISTAN'],
    ['Exercise Nuri (birth name)', 'Exercise Nuri', [], 'birth name'],
    ['Exercise (original script: Упражнение)', 'Exercise', ['Упражнение'], ''],
    ['Exercise (EXC) (تمرين (original script); Tamrin)', 'Exercise', ['EXC', 'تمرين'], 'Tamrin'],
    ['تمرين (Tamrin; Tamreen)', 'تمرين', ['Tamrin', 'Tamreen'], ''],
    ['Exercise Jan تمرين جان', 'Exercise Jan', ['تمرين جان'], ''],
    ['Exercise Safi, born 1 Jan. 1953 (passport 1)', 'Exercise Safi', [], 'born 1 Jan. 1953 (passport 1)'],
    ['Leader (Exercise) Limited', 'Leader (Exercise) Limited', [], ''],
    ['(Sheikh) Exercise', '(Sheikh) Exercise', [], ''],
  ])('reads %s', (name, base, others, remark) => {
    expect(readWrittenName(name)).toEqual({ base, others, remark })
  })
})
