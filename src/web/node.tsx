import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { type Ask, askWith, Refusal, type Work } from './ask'
import { forgetCopies } from './draft-copies'
import type { Role } from './part'

/** What the console knows of the node that it speaks to: who is signed in, for what they work, and how to ask. */

export interface Me {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly member: { readonly id: string; readonly name: string }
  readonly exercise: boolean
}

interface NodeContext {
  readonly ask: Ask
  readonly work: Work | undefined
  readonly setWork: (work: Work | undefined) => void
  /** Forgets everything that was read: no data of a record stays after sign-out. */
  readonly forget: () => void
  /** Whether the session ended in the middle of work: what is open is covered, and kept for the same person for a while. */
  readonly expired: boolean
  /** The same person has signed in again: the work goes on where it was. */
  readonly resume: () => void
}

/** How long covered work waits for its person, in milliseconds. */
const keptAfterExpiry = 600_000

const Context = createContext<NodeContext | undefined>(undefined)

export function useNode(): NodeContext {
  const node = useContext(Context)
  if (node === undefined) throw new Error('there is no node around this')
  return node
}

export const useAsk = (): Ask => useNode().ask

/** Who is signed in: `null` for nobody, `undefined` while that is not known. */
export function useMe(): { me: Me | null | undefined; failure: Error | null } {
  const ask = useAsk()
  const { data, error } = useQuery({
    queryKey: ['me'],
    queryFn: () =>
      ask<Me>('/api/v1/me').catch((cause: unknown) => {
        if (cause instanceof Refusal && cause.status === 401) return null
        throw cause
      }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { me: data, failure: error }
}

/** For what is below the sign-in. */
export function useSignedIn(): Me {
  const { me } = useMe()
  if (me === null || me === undefined) throw new Error('nobody is signed in')
  return me
}

/** A retry helps against a lost connection, never against a refusal. */
const retries = (count: number, cause: unknown) => cause instanceof Refusal && cause.status === 0 && count < 3

export function NodeProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: retries, staleTime: 30_000, gcTime: 300_000 } } }),
  )
  return (
    <QueryClientProvider client={client}>
      <Asking>{children}</Asking>
    </QueryClientProvider>
  )
}

function Asking({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [work, setWork] = useState<Work>()
  const [expired, setExpired] = useState(false)
  const current = useRef(work)
  current.current = work
  const node = useMemo(() => {
    const clear = () => {
      forgetCopies()
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
      client.getMutationCache().clear()
      setWork(undefined)
      setExpired(false)
      client.setQueryData(['me'], null)
    }
    const windows = new BroadcastChannel('comity-sign-out')
    windows.onmessage = clear // signed out in one window is signed out in all
    const forget = () => {
      clear()
      windows.postMessage(null)
    }
    const onRefused = () => {
      if (client.getQueryData(['me'])) setExpired(true)
      else clear()
    }
    const resume = () => {
      setExpired(false)
      void client.invalidateQueries()
    }
    return { ask: askWith(() => current.current, onRefused), clear, forget, resume }
  }, [client])
  useEffect(() => {
    if (!expired) return
    const timer = setTimeout(node.clear, keptAfterExpiry)
    return () => clearTimeout(timer)
  }, [expired, node])
  const value = useMemo(() => ({ ...node, work, setWork, expired }), [node, work, expired])
  return <Context.Provider value={value}>{children}</Context.Provider>
}
