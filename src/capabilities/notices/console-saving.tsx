import { captionOf } from '#capabilities/notices/console-form'
import { type Ask, Refusal } from '../../web/ask'
import type { WholeRecord } from '../../web/record/acting'
import type { Written } from './console-editor'

/** What is typed of a notice that there is, with the version that it began with. */
export interface Edited extends Written {
  readonly base: WholeRecord
}

/** Blocks that were only begun are not recorded: what was typed goes on as the draft of the change. */
export async function keepBegun(ask: Ask, id: string, { form, header }: Written): Promise<void> {
  const base = await ask<WholeRecord>(`/api/v1/records/${id}`)
  await ask(`/api/v1/drafts/notice-change:${id}`, {
    method: 'PUT',
    body: { caption: captionOf(form).slice(0, 200), content: { form, header, base }, record: id, base: 0 },
  })
}

/** What the next page is told when the second of two steps was refused: the first is done and stays. */
export async function stateOf(run: () => Promise<unknown>): Promise<{ refused?: object }> {
  try {
    await run()
    return {}
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    const { status, code, rule, correlation, details, message } = cause
    return { refused: { status, code, rule, correlation, details, title: message } }
  }
}

/** The refusal that the page before handed on. */
export function refusalIn(state: unknown): Refusal | null {
  const { refused } = (state ?? {}) as { refused?: ConstructorParameters<typeof Refusal>[0] }
  return refused === undefined ? null : new Refusal(refused)
}
