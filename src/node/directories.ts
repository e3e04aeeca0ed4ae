import type { Directories } from '#http/services'
import { type DirectoryTrust, type SignedDirectory, verifyDirectory } from '#protocol/directory'
import type { Verified } from '#protocol/verified'
import type { Store } from '#store/store'

/** The directory in force: the newest that this node adopted, or the one of its configuration. Both are verified at start. */
export async function openDirectories({
  store,
  trust,
  initial,
}: {
  store: Store
  trust: DirectoryTrust
  initial: SignedDirectory
}): Promise<Directories> {
  const row = await store.db
    .selectFrom('directories')
    .select('signed')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const now = () => store.clock.now()
  const newest = row !== undefined && row.signed.document.version >= initial.document.version ? row.signed : initial
  let inForce: Verified<SignedDirectory> = await verifyDirectory(newest, { trust, now: now() })
  return {
    trust,
    current: () => inForce.document,
    signed: () => inForce,
    verify: (input) => verifyDirectory(input, { trust, now: now(), current: inForce.document }),
    adopt(directory) {
      // Two can be on their way at once; the later version stays in force whichever is written last.
      if (directory.document.version > inForce.document.version) inForce = directory
    },
  }
}
