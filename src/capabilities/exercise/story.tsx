import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { type AskNode, readSeen, type Seen } from '#capabilities/exercise/seen'
import type { OfficeId, StoryStep } from '#capabilities/exercise/steps'
import { storyWork } from '#capabilities/exercise/story-records'
import { askWith } from '../../web/ask'
import { useExerciseDesks } from '../../web/exercise-accounts'
import { useNode, useSignedIn } from '../../web/node'

/** Where in the story the page is: the step, and the round by the id of its record. Both travel from office to office. */
export interface Place {
  readonly step?: string
  readonly run?: string
}

export function usePlace(): Place {
  const { step, run } = useSearch({ strict: false }) as Record<string, unknown>
  return {
    ...(typeof step === 'string' ? { step } : {}),
    ...(typeof run === 'string' ? { run } : {}),
  }
}

/** Asks with the session of the person, for the purposes that the story states, whatever else they work on. */
export function useStoryAsk(): (purpose: string) => AskNode {
  const { forget } = useNode()
  return useMemo(() => (purpose) => askWith(() => ({ ...storyWork, purpose }), forget), [forget])
}

/** Other pages that the story leads to are opened for its purpose and file, unless the person has stated other work. */
export function useStoryWork(): void {
  const { work, setWork } = useNode()
  const { roles } = useSignedIn()
  const bearsPurpose = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'legal')
  useEffect(() => {
    if (work === undefined && bearsPurpose) setWork(storyWork)
  }, [work, setWork, bearsPurpose])
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
]

export function useSeen(run: string | undefined) {
  const { member, roles, id } = useSignedIn()
  const askFor = useStoryAsk()
  return useQuery({
    queryKey: ['live', types, 'exercise', member.id, id, run],
    queryFn: (): Promise<Seen> => readSeen(askFor(storyWork.purpose), { office: member.id, roles, run }),
    staleTime: 0,
    placeholderData: (before) => before,
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
export const placeOf = (step: StoryStep, run: string | null | undefined): { step: string; run?: string } => ({
  step: step.id,
  ...(run === null || run === undefined ? {} : { run }),
})

/** This page at a step, for the router, which knows the pages of capabilities only as they are found. */
export const toStep = (step: StoryStep, run: string | null | undefined) =>
  ({ to: '/exercise' as '/today', search: placeOf(step, run) as never }) as const
