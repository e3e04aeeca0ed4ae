import type { AskNode } from '#capabilities/exercise/asking'

/**
 * The trail as whoever has the database of the node could show it: one entry altered, nothing else. What is altered is a copy in
 * this browser; no operation alters an entry at the node, in an exercise neither.
 */
export interface AlteredCopy {
  /** Answers as the node answered before, with the one entry altered. */
  readonly ask: AskNode
  /** Which entry; `undefined` in a trail without one that can be read. */
  readonly index: number | undefined
}

interface Leaf {
  readonly index: number
  readonly entry: { readonly outcome?: string } | null
}

/** Keeps what is answered, so that a copy can be altered afterwards. */
export function keepAnswers(ask: AskNode): { readonly ask: AskNode; readonly alter: () => AlteredCopy } {
  const answers = new Map<string, unknown>()
  return {
    ask: async <Reply>(path: string) => {
      const answer = await ask<Reply>(path)
      answers.set(path, answer)
      return answer
    },
    alter: () => {
      const leaves = [...answers].flatMap(([path, it]) =>
        path.includes('/leaves') ? (it as { leaves: Leaf[] }).leaves : [],
      )
      const readable = leaves.filter((it) => it.entry !== null)
      const chosen = readable[Math.floor(readable.length / 2)]
      const change = (it: Leaf) =>
        it === chosen
          ? { ...it, entry: { ...it.entry, outcome: it.entry?.outcome === 'failed' ? 'permitted' : 'failed' } }
          : it
      return {
        index: chosen?.index,
        ask: async <Reply>(path: string) => {
          const answer = answers.get(path) as { leaves?: Leaf[] }
          return (answer.leaves === undefined ? answer : { ...answer, leaves: answer.leaves.map(change) }) as Reply
        },
      }
    },
  }
}
