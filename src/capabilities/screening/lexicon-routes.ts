import { z } from 'zod'
import { forgetLexicon, importLexicon, lexiconOf, lexiconState, PackFacts } from '#capabilities/screening/lexicon'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { audited } from '#store/audited'

const keepers = ['administrator'] as const
const uploadLimit = 268_435_456

const LexiconReply = z.object({
  state: z.enum(['none', 'loaded', 'stale']),
  forms: z.number(),
  memberships: z.number(),
  bytes: z.number().describe('Held in memory'),
  pack: PackFacts.nullable(),
})

function replyOf(services: Services): z.infer<typeof LexiconReply> {
  const { table, facts } = lexiconOf(services) ?? {}
  const { forms = 0, memberships = 0, bytes = 0 } = table ?? {}
  return { state: lexiconState(services), forms, memberships, bytes, pack: facts ?? null }
}

export const show = operation({
  id: 'lexicon.show',
  method: 'get',
  path: '/lexicon',
  summary: 'The pack of names in many scripts that the matching weighs, beside the words it brings itself',
  access: { roles: 'signed-in', scope: 'read' },
  reply: LexiconReply,
  command: { words: 'lexicon show' },
  handle: async ({ services }) => replyOf(services),
})

export const put = operation({
  id: 'lexicon.import',
  method: 'put',
  path: '/lexicon',
  summary:
    'Import a pack of names, plain or gzip, in place of the one before: "form, form => number" a line. The matching weighs it from the next start of the node',
  access: { roles: keepers, scope: 'administer' },
  upload: true,
  limitBytes: uploadLimit,
  reply: LexiconReply,
  handle: async ({ upload, caller, services, commit }) => {
    const { facts } = await importLexicon(services, upload)
    const details = { sha256: facts.sha256, lines: facts.lines, rejected: facts.rejected }
    const audit = [audited('import', caller, { object: { type: 'lexicon', id: 'name-classes' }, details })]
    return commit({ audit }, replyOf(services))
  },
})

export const remove = operation({
  id: 'lexicon.remove',
  method: 'delete',
  path: '/lexicon',
  summary: 'Do without the pack of names',
  access: { roles: keepers, scope: 'administer' },
  reply: LexiconReply,
  command: { words: 'lexicon remove' },
  handle: async ({ caller, services, commit }) => {
    await forgetLexicon(services)
    const audit = [audited('administer', caller, { object: { type: 'lexicon', id: 'name-classes' } })]
    return commit({ audit }, replyOf(services))
  },
})
