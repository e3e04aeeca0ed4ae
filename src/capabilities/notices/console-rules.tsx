import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { NoticeForm } from '#capabilities/notices/console-form'
import { blankOf, judge } from '#capabilities/notices/console-judging'
import type { Gap, Rules, TypeRule } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import { useAsk } from '../../web/node'

/** What each type asks for, the factors of the review and the reasons: data of the node, read once. */
export function useRules() {
  const ask = useAsk()
  return useQuery({
    queryKey: ['notice-rules'],
    queryFn: () => ask<Rules>('/api/v1/notice-rules'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const afterTypingMilliseconds = 400

interface Checked {
  readonly gaps: readonly Gap[]
}

function useCheck(body: object) {
  const ask = useAsk()
  const text = JSON.stringify(body)
  return useQuery({
    queryKey: ['notice-check', text],
    queryFn: ({ signal }) =>
      ask<Checked>('/api/v1/notices/check', { method: 'POST', body: { body: JSON.parse(text) }, signal }),
    placeholderData: (before) => before,
    staleTime: 60_000,
    gcTime: 60_000,
  })
}

/** What the notice lacks, as the node judges it, read again when the typing rests. */
export function useJudged(form: NoticeForm, rule: TypeRule) {
  const padded = useRested(writtenOf(form, rule).padded)
  const all = useCheck(blankOf(rule, form.channel))
  const now = useCheck(padded)
  const known = all.data !== undefined && now.data !== undefined
  return {
    judged: known ? judge(form, rule, { all: all.data.gaps, lacks: now.data.gaps }) : undefined,
    error: now.error ?? all.error,
    /** Whether it is about what stands there, not about what stood there before. */
    settled: known && !now.isPlaceholderData && JSON.stringify(padded) === JSON.stringify(writtenOf(form, rule).padded),
  }
}

function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(text)), afterTypingMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
