import type pg from 'pg'
import { toHex } from '#kernel/bytes'
import { isStorable } from '#kernel/json'
import { type AuditEntry, commitmentOf, leafOf, newSalt } from '#ledger/entry'
import { append, frontierFromJson, frontierToJson } from '#ledger/frontier'
import { fault } from '#store/faults'

export interface AuditLeaf {
  readonly entry: AuditEntry
  readonly salt: Uint8Array
  readonly commitment: Uint8Array
}

/** An entry ready for the log. Throws `store/unstorable`, before the entries of others are touched. */
export function leafFor(entry: AuditEntry): AuditLeaf {
  if (!isStorable(entry)) throw fault('store/unstorable', 'An audit entry holds text that cannot be kept.')
  const salt = newSalt()
  return { entry, salt, commitment: commitmentOf(entry, salt) }
}

/** Appends to the Merkle log inside an open transaction. The row lock on the head orders the leaves. */
export async function appendAudit(client: pg.ClientBase, leaves: readonly AuditLeaf[]): Promise<void> {
  if (leaves.length === 0) return
  const { rows } = await client.query('select frontier from ledger_head for update')
  const before = frontierFromJson(rows[0].frontier)
  const { frontier, nodes } = append(
    before,
    leaves.map((it) => leafOf(it.commitment)),
  )
  await client.query(
    `insert into ledger_leaves (index, commitment, salt, entry)
     select index, decode(commitment, 'hex'), decode(salt, 'hex'), entry
     from jsonb_to_recordset($1::jsonb) as it (index bigint, commitment text, salt text, entry jsonb)`,
    [
      JSON.stringify(
        leaves.map((it, at) => ({
          index: before.size + at,
          commitment: toHex(it.commitment),
          salt: toHex(it.salt),
          entry: it.entry,
        })),
      ),
    ],
  )
  await client.query(
    `insert into ledger_nodes (level, index, hash)
     select level, index, decode(hash, 'hex') from jsonb_to_recordset($1::jsonb) as it (level int, index bigint, hash text)`,
    [JSON.stringify(nodes.map((it) => ({ level: it.level, index: it.index, hash: toHex(it.hash) })))],
  )
  await client.query('update ledger_head set frontier = $1', [JSON.stringify(frontierToJson(frontier))])
}
