import type { ApiClient } from '#node/api-client'
import type { LaunchedFederation } from '#node/launch'

/** What the steps of the story hand on to each other. */
export interface Plot {
  readonly federation: LaunchedFederation
  readonly api: ApiClient
  /** How long anything may take to come about: longer when nodes are being killed. */
  readonly patienceMilliseconds: number
  readonly ids: Partial<Record<string, string>>
}

export interface Step {
  readonly name: string
  /** Runs the step and returns one line on what came out. Throws when it did not hold. */
  readonly play: (plot: Plot) => Promise<string>
  /** Whether nodes may be killed while it runs. The trail of the last step is tampered with on purpose. */
  readonly calm?: boolean
}

export function check(condition: boolean, otherwise: string, seen?: unknown): asserts condition {
  if (!condition)
    throw new Error(seen === undefined ? otherwise : `${otherwise}: ${JSON.stringify(seen).slice(0, 2_000)}`)
}
