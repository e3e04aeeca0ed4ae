import type { AuditEntry } from '#ledger/entry'
import type { Store } from '#store/store'

/** What the audit of a node says, in its order, without the entries whose content is gone. */
export async function readTrail({ db }: Pick<Store, 'db'>): Promise<AuditEntry[]> {
  const leaves = await db.selectFrom('ledger_leaves').select('entry').orderBy('index').execute()
  return leaves.flatMap(({ entry }) => (entry === null ? [] : [entry]))
}
