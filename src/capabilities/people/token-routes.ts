import { z } from 'zod'
import { readBearer } from '#capabilities/people/credentials'
import { found } from '#capabilities/people/faults'
import { Reason, Scopes, Token, TokenDays, TokenName, TokenParams } from '#capabilities/people/record'
import { tokenReply } from '#capabilities/people/replies'
import { digestOf } from '#capabilities/people/secrets'
import { findToken, readToken, readTokens } from '#capabilities/people/session-store'
import { makeToken, revokeToken } from '#capabilities/people/tokens'
import { operation, type SignedIn } from '#http/operation'
import { PageQuery, page, pageOf } from '#http/shapes'
import { Purpose } from '#protocol/handling'

/** Administrators see and revoke the tokens of all, unless they come with a token that was not made for administering. */
function administers({ person, scopes }: SignedIn): boolean {
  return person.roles.includes('administrator') && scopes.includes('administer')
}

export const make = operation({
  id: 'tokens.create',
  method: 'post',
  path: '/tokens',
  summary:
    'Make a token for a program of yours, within your roles or the token you come with; it is in the answer alone',
  access: { roles: 'signed-in', scope: 'write' },
  body: z.object({
    name: TokenName,
    scopes: Scopes,
    days: TokenDays.default(90),
    purpose: Purpose.optional().describe('Stands for the header comity-purpose where a program cannot send it'),
    reference: z.string().trim().min(3).max(200).optional().describe('Likewise for comity-reference'),
  }),
  reply: z.object({
    id: z.string(),
    token: z.string().describe('Shown once; the node keeps its hash.'),
    name: z.string(),
    scopes: Scopes,
    expiresAt: z.string(),
  }),
  status: 201,
  command: { words: 'tokens create', positional: ['name'] },
  handle: async ({ body, signedIn, caller, headers, services: { store } }) => {
    const { person } = found(signedIn)
    const bearer = readBearer(headers)
    const by = bearer === undefined ? undefined : found(await findToken(store, digestOf(bearer)))
    const owner = { id: person.id, roles: [...person.roles] }
    const { change, id, token, scopes, expiresAt } = makeToken(owner, body, { caller, now: store.clock.now(), by })
    await store.commit(change) // not with the reply: an idempotency key would keep the token in plain text
    return { id, token, name: body.name, scopes, expiresAt: expiresAt.toISOString() }
  },
})

export const list = operation({
  id: 'tokens.list',
  method: 'get',
  path: '/tokens',
  summary: 'Your tokens; for administrators those of all',
  access: { roles: 'signed-in', scope: 'read' },
  query: PageQuery.extend({
    whose: z.enum(['mine', 'all']).default('all').describe('Only your own, or all that you may see'),
    state: z.enum(['valid', 'ended']).optional().describe('Valid now, or revoked or expired'),
  }),
  reply: pageOf(Token),
  command: { words: 'tokens list', columns: ['id', 'name', 'scopes', 'expiresAt', 'lastUsedAt', 'revokedAt'] },
  handle: async ({ query, signedIn, services: { store } }) => {
    const asker = found(signedIn)
    const person = administers(asker) && query.whose === 'all' ? undefined : asker.person.id
    const rows = await readTokens(store, { ...query, person })
    return page(rows.map(tokenReply), query.limit)
  },
})

export const revoke = operation({
  id: 'tokens.revoke',
  method: 'delete',
  path: '/tokens/{id}',
  summary: 'Revoke a token of yours; administrators any',
  access: { roles: 'signed-in', scope: 'write' },
  params: TokenParams,
  query: z.object({ reason: Reason.optional().describe('Why; it goes into the audit') }),
  reply: z.object({ id: z.string() }),
  command: { words: 'tokens revoke', positional: ['id'] },
  handle: async ({ params, query, signedIn, caller, services: { store }, commit }) => {
    const asker = found(signedIn)
    const token = found(await readToken(store, params.id))
    found(token.person === asker.person.id || administers(asker) ? token : undefined)
    return commit(revokeToken(token, query.reason, { caller, now: store.clock.now() }), { id: token.id })
  },
})
