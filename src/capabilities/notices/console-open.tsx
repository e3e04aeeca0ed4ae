import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rules, ShownNotice } from '#capabilities/notices/console-shapes'
import { Failed, Slow } from '../../web/design/states'
import { useAsk, useNode } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { useRules } from './console-rules'

const askAgainMilliseconds = 10_000

interface Opening {
  readonly children: (notice: ShownNotice, rules: Rules) => ReactNode
}

/** A notice that the address names, with the rules of its field: read for a stated purpose. */
export function OpenNotice(props: Opening) {
  return (
    <ForWorkUnder title="notices.title">
      <Opened {...props} />
    </ForWorkUnder>
  )
}

/** Asks for the purpose beneath a heading; the page itself has its own. */
export function ForWorkUnder({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { work } = useNode()
  return (
    <>
      {work === undefined && (
        <Title order={1} size="h3">
          {t(title)}
        </Title>
      )}
      <ForWork>{children}</ForWork>
    </>
  )
}

function Opened({ children }: Opening) {
  const { id } = useParams({ strict: false }) as { id: string }
  const ask = useAsk()
  const rules = useRules()
  const { data, error, refetch } = useQuery({
    queryKey: ['live', ['notice', id], 'notice', id],
    queryFn: () => ask<ShownNotice>(`/api/v1/notices/${id}`),
    // The feed tells nobody of what they may no longer see: that a notice was suspended or ended is asked for.
    refetchInterval: askAgainMilliseconds,
  })
  const failed = error ?? rules.error
  if (failed !== null)
    return <Failed cause={failed} retry={() => void (error === null ? rules.refetch() : refetch())} />
  return data === undefined || rules.data === undefined ? <Slow /> : children(data, rules.data)
}
