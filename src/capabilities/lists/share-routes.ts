import { z } from 'zod'
import { findSource, readSources } from '#capabilities/lists/definitions'
import { fault, ListParams, sourceOf } from '#capabilities/lists/rules'
import {
  askToShare,
  checkSecond,
  decideShare,
  recipientsOf,
  rulesForList,
  type Sharing,
  shareList,
} from '#capabilities/lists/share-rules'
import { knowsOfListShare, readListShares, readSharedEntries } from '#capabilities/lists/share-store'
import { readLists } from '#capabilities/lists/store'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { idPattern } from '#kernel/ids'
import { fourEyesRules } from '#policy/four-eyes'
import { Audience } from '#protocol/handling'
import type { Caller } from '#store/reader'

const writers = ['officer', 'supervisor'] as const
const Reason = z.string().trim().min(3).max(1_000)
const Rule = z.object({ id: z.string(), text: z.string(), source: z.string(), verified: z.boolean() })
const shownRules = (ids: readonly string[]) =>
  fourEyesRules
    .filter((it) => ids.includes(it.id))
    .map(({ id, text, source, verified }) => ({ id, text, source, verified }))

async function sharingOf(list: string, caller: Caller, { store, directories }: Services): Promise<Sharing> {
  const source = await findSource(store, list)
  const [entries, lists] = await Promise.all([readSharedEntries(store, list), readLists(store)])
  const importedAt = lists.find((it) => it.id === list)?.imported_at.toISOString() ?? ''
  return { source, entries, importedAt, caller, directory: directories.current(), now: store.clock.now() }
}

export const share = operation({
  id: 'lists.share',
  method: 'post',
  path: '/lists/{list}/share',
  summary:
    'Share an imported list with other members: every entry now, and every change of later imports. Where a rule asks for a second person it waits for one',
  access: { roles: writers, scope: 'write' },
  params: ListParams,
  body: z.object({
    with: Audience,
    reason: Reason.optional().describe('For the second person, where a rule asks for one'),
  }),
  reply: z.object({
    list: z.string(),
    state: z.enum(['done', 'waiting']),
    recipients: z.array(z.string()),
    entries: z.number(),
    rules: z.array(Rule),
    request: z.string().nullable(),
    expiresAt: z.string().nullable(),
  }),
  status: 202,
  command: { words: 'lists share', positional: ['list'] },
  handle: async ({ params, body, caller, services, signedIn, commit }) => {
    const sharing = await sharingOf(params.list, caller, services)
    const audience = body.with
    const recipients = recipientsOf(audience, sharing.directory, services.identity.me)
    const rules = sharing.entries.length === 0 ? [] : rulesForList(audience, sharing)
    const said = { list: params.list, recipients, entries: sharing.entries.length }
    if (rules.length === 0) {
      const reply = { ...said, state: 'done' as const, rules: [], request: null, expiresAt: null }
      return commit(shareList(recipients, sharing), reply)
    }
    const name = signedIn?.person.name ?? ''
    const asked = askToShare({ audience, recipients, reason: body.reason, name }, rules, sharing)
    const { id: request, expiresAt } = asked
    const shown = shownRules(rules.map((it) => it.id))
    return commit(asked.change, { ...said, state: 'waiting' as const, rules: shown, request, expiresAt })
  },
})

export const shares = operation({
  id: 'lists.shares',
  method: 'get',
  path: '/list-shares',
  summary: 'Shares of whole lists that asked for a second person: all for a supervisor, their own for the others',
  access: { roles: writers, scope: 'read' },
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        list: z.string(),
        title: z.string(),
        recipients: z.array(z.string()),
        rules: z.array(Rule),
        reason: z.string(),
        asker: z.object({ id: z.string(), name: z.string() }),
        mine: z.boolean(),
        askedAt: z.string(),
        expiresAt: z.string(),
        state: z.enum(['waiting', 'approved', 'refused', 'returned', 'expired']),
      }),
    ),
  }),
  command: { words: 'lists shares', columns: ['id', 'list', 'state', 'recipients', 'askedAt', 'reason'] },
  handle: async ({ caller, services }) => {
    const { person } = caller.actor
    const all = person?.roles.includes('supervisor') === true
    const [rows, sources] = await Promise.all([readListShares(services.store), readSources(services.store)])
    return {
      items: rows
        .filter((it) => all || it.asker.id === person?.id)
        .map(({ id, list, recipients, rules, reason, asker, askedAt, expiresAt, state }) => ({
          ...{ id, list, reason, askedAt, expiresAt, state },
          title: sourceOf(list, sources).title,
          recipients: [...recipients],
          rules: shownRules(rules),
          asker: { id: asker.id, name: asker.name },
          mine: asker.id === person?.id,
        })),
    }
  },
})

export const decideOnShare = operation({
  id: 'lists.decide-share',
  method: 'post',
  path: '/list-shares/{id}/decision',
  summary: 'Approve or refuse, as the second person, that a whole list is shared; every check is made again first',
  access: { roles: ['supervisor'], scope: 'write' },
  params: z.object({ id: z.string().regex(idPattern('lsr')) }),
  body: z.object({ decision: z.enum(['approve', 'refuse']), reason: Reason }),
  reply: z.object({
    id: z.string(),
    /** `returned`: it is not as it was when it was asked for, so it goes back to the one who asked. */
    state: z.enum(['approved', 'refused', 'returned']),
  }),
  command: { words: 'lists decide-share', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const [request] = (await knowsOfListShare(params.id, reader)) ? await readListShares(services.store, params) : []
    if (request === undefined) throw fault('lists/unknown-share', 'There is nothing of this number that waits.')
    checkSecond(request, caller)
    const { state, change } = decideShare(request, body, await sharingOf(request.list, caller, services))
    return commit(change, { id: request.id, state })
  },
})
