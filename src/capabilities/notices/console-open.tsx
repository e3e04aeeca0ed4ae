import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Rules, ShownNotice } from '#capabilities/notices/console-shapes'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { useRules } from './console-rules'

interface Opening {
  readonly children: (notice: ShownNotice, rules: Rules) => ReactNode
}

/** A notice that the address names, with the rules of its field: read for a stated purpose. */
export function OpenNotice(props: Opening) {
  return (
    <ForWork>
      <Opened {...props} />
    </ForWork>
  )
}

function Opened({ children }: Opening) {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const rules = useRules()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['notice', id], 'notice', id],
    queryFn: () => ask<ShownNotice>(`/api/v1/notices/${id}`),
  })
  const failed = error ?? rules.error
  if (failed !== null)
    return <Failed cause={failed} retry={() => void (error === null ? rules.refetch() : refetch())} />
  return data === undefined || rules.data === undefined ? <Slow /> : children(data, rules.data)
}
