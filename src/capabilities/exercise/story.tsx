import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import type { AskNode } from '#capabilities/exercise/asking'
import { readSeen, type Seen } from '#capabilities/exercise/seen'
import type { OfficeId } from '#capabilities/exercise/steps'
import { type Tale, type TaleId, type TaleStep, tales } from '#capabilities/exercise/tales'
import { askWith } from '../../web/ask'
import { useExerciseDesks } from '../../web/exercise-accounts'
import { useNode, useSignedIn } from '../../web/node'

/** Where in which story the page is: the step, and the round by the id of its record. Both travel from office to office. */
export interface Place {
  /** Which story, as long as no step says it. */
  readonly story?: TaleId
  readonly step?: string
  readonly run?: string
}

export function usePlace(): Place {
  const { story, step, run } = useSearch({ strict: false }) as Record<string, unknown>
  const tale = tales.find((it) => it.id === story)
  return {
    ...(tale === undefined ? {} : { story: tale.id }),
    ...(typeof step === 'string' ? { step } : {}),
    ...(typeof run === 'string' ? { run } : {}),
  }
}

/** Asks with the session of the person, for the purposes that the story states, whatever else they work on. */
export function useStoryAsk({ reference }: Tale['work']): (purpose: string) => AskNode {
  const { forget } = useNode()
  return useMemo(() => (purpose) => askWith(() => ({ reference, purpose }), forget), [forget, reference])
}

/** Other pages that the story leads to are opened for its purpose and file, unless the person has stated other work. */
export function useStoryWork(its: Tale['work']): void {
  const { work, setWork } = useNode()
  const { roles } = useSignedIn()
  const bearsPurpose = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  useEffect(() => {
    const ofAStory = tales.some((it) => it.work.reference === work?.reference)
    if (bearsPurpose && (work === undefined || (ofAStory && work.reference !== its.reference))) setWork(its)
  }, [work, setWork, bearsPurpose, its])
}

const types = [
  'subject',
  'candidate',
  'hit',
  'confirmation',
  'feedback',
  'permission-request',
  'grant',
  'permission-refusal',
  'holding',
  'notice',
  'notice-decision',
  'notice-report',
  'notice-refusal',
  'border-hit',
]

export function useSeen({ id: tale, work }: Tale, run: string | undefined) {
  const { member, roles, id } = useSignedIn()
  const askFor = useStoryAsk(work)
  return useQuery({
    queryKey: ['live', types, 'exercise', tale, member.id, id, run],
    queryFn: (): Promise<Seen> => readSeen(tale, askFor(work.purpose), { office: member.id, roles, run }),
    staleTime: 0,
    placeholderData: (before) => (before?.tale === tale ? before : undefined),
  })
}

/** The address of a page at another office; `undefined` where the node does not know where its console is. */
export function useAddressOf(): (
  office: OfficeId,
  path: string,
  search: Readonly<Record<string, string>>,
) => string | undefined {
  const desks = useExerciseDesks()
  return (office, path, search) => {
    const url = desks?.offices.find((it) => it.member === office)?.url
    return url === undefined ? undefined : `${url}/console${path}?${new URLSearchParams(search)}`
  }
}

/** The place as search parameters, for a step and the round that goes on. */
export const placeOf = (step: TaleStep, run: string | null | undefined): { step: string; run?: string } => ({
  step: step.id,
  ...(run === null || run === undefined ? {} : { run }),
})

/** This page at a step, for the router, which knows the pages of capabilities only as they are found. */
export const toStep = (step: TaleStep, run: string | null | undefined) =>
  ({ to: '/exercise' as '/today', search: placeOf(step, run) as never }) as const

/** The beginning of a story, or where it has come to. */
export const toTale = ({ id }: Tale) => ({ to: '/exercise' as '/today', search: { story: id } as never }) as const
