import { createApp } from '#http/app'
import { type Operation, scopes } from '#http/operation'
import { toHex } from '#kernel/bytes'
import { type AuditEntry, commitmentOf, leafOf, newSalt } from '#ledger/entry'
import { append, emptyFrontier, frontierToJson } from '#ledger/frontier'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import type { Audited } from '#store/change'
import type { Store } from '#store/store'
import { audit } from './capability.ts'

/** Asks the operations of this capability as a person with these roles, through the whole of the API but the sign-in. */
export function askAs(roles: readonly Role[], { services }: RunningNode, more: readonly Operation[] = []) {
  const person = { id: `per_${roles.join('_')}`, name: roles.join(' '), roles }
  const actor = { member: partyOf(services.directories.current(), services.identity.me), person }
  const signedIn = { caller: { actor, via: 'session' as const }, person, scopes, session: null }
  const operations = [...(audit.operations ?? []), ...more]
  const app = createApp({ services, operations, authenticate: async () => signedIn, version: 'test' })
  return async (path: string) => {
    const response = await app.request(path)
    return { status: response.status, body: (await response.json()) as Record<string, never> }
  }
}

/** What a client with an auditor's token fetches. */
export function fetcher(node: RunningNode): (path: string) => Promise<unknown> {
  const ask = askAs(['auditor'], node)
  return async (path) => (await ask(path)).body
}

export function act(number: number, more: Partial<Audited> = {}): Audited {
  return {
    act: 'view',
    outcome: 'permitted',
    actor: { member: 'fr', person: `per_${number}`, role: 'officer', via: 'session' },
    purpose: 'counter-terrorism',
    reference: `case ${number}`,
    object: { type: 'subject', id: `rec_${number}`, version: 1 },
    owner: 'fr',
    recipient: null,
    rule: null,
    reason: null,
    details: {},
    ...more,
  }
}

export async function commitActs({ services }: RunningNode, count: number): Promise<void> {
  await services.store.commit({ audit: Array.from({ length: count }, (_, number) => act(number)) })
}

export async function sizeOf({ services: { store } }: RunningNode): Promise<number> {
  const { frontier } = await store.db.selectFrom('ledger_head').select('frontier').executeTakeFirstOrThrow()
  return frontier.size
}

/** What somebody with the database in hand can do: another past, with leaves, tree and head in accord. */
export async function rewriteLedger(store: Store, alter: (entry: AuditEntry, index: number) => AuditEntry) {
  const rows = await store.db.selectFrom('ledger_leaves').selectAll().orderBy('index').execute()
  const leaves = rows.map((row) => {
    const entry = alter(row.entry!, row.index)
    const salt = newSalt()
    return { index: row.index, entry, salt, commitment: commitmentOf(entry, salt) }
  })
  const { frontier, nodes } = append(
    emptyFrontier(),
    leaves.map((it) => leafOf(it.commitment)),
  )
  await store.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('ledger_leaves').execute()
    await tx.deleteFrom('ledger_nodes').execute()
    for (const { index, entry, salt, commitment } of leaves) {
      const values = { index, salt: Buffer.from(salt), commitment: Buffer.from(commitment) }
      await tx
        .insertInto('ledger_leaves')
        .values({ ...values, entry: JSON.stringify(entry) as never })
        .execute()
    }
    for (const { level, index, hash } of nodes)
      await tx
        .insertInto('ledger_nodes')
        .values({ level, index, hash: Buffer.from(hash) })
        .execute()
    await tx
      .updateTable('ledger_head')
      .set({ frontier: JSON.stringify(frontierToJson(frontier)) as never })
      .execute()
  })
  return toHex(nodes.at(-1)!.hash)
}

/** And without a trace of what was signed before. */
export async function forgetCheckpoints(store: Store): Promise<void> {
  await store.db.withTables<{ audit_checkpoints: { size: number } }>().deleteFrom('audit_checkpoints').execute()
}

export async function until<Value>(
  read: () => Value | Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 200) return value
    await new Promise((resume) => setTimeout(resume, 50))
  }
}
