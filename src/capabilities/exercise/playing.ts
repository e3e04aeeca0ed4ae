import type { AskNode } from '#capabilities/exercise/asking'
import type { Seen } from '#capabilities/exercise/seen'

/** What is played of a step, and what came of it. */

export interface Refused {
  /** Which of the attempts of the step: a key of the words. */
  readonly attempt: 'before-grant' | 'no-basis' | 'other-purpose' | 'expired' | 'incomplete' | 'alone'
  readonly status: number
  readonly rule: string
  readonly text: string
}

export interface Played {
  /** The round that begins with this step. */
  readonly run?: string
  /** What was asked in order to be refused, and was. */
  readonly refused?: readonly Refused[]
  /** What a passenger list was found to have. */
  readonly passengers?: {
    readonly read: number
    readonly kept: number
    readonly incomplete: number
    readonly met: number
  }
  /** What the counter was told. */
  readonly counter?: { readonly state: string; readonly alerts: number }
}

export interface Playing<S = Seen> {
  readonly seen: S
  /** Asks under the reference of the story, for this purpose. */
  readonly askFor: (purpose: string) => AskNode
}

/** The refusal that an attempt is there to show. That it is not refused is a failure of the node. */
export async function refusalOf(attempt: Refused['attempt'], asked: Promise<unknown>): Promise<Refused> {
  const cause = await asked.then(
    () => new Error('This should have been refused, and was not.'),
    (refusal: unknown) => refusal as { status?: number; rule?: string | null; code?: string; message: string },
  )
  if (!('status' in cause) || cause.status === undefined || cause.status < 400 || cause.status >= 500) throw cause
  return { attempt, status: cause.status, rule: cause.rule ?? cause.code ?? '', text: cause.message }
}
