import { join } from 'node:path'
import { capabilities } from '#capabilities/index'
import type { Directories } from '#http/services'
import type { Clock } from '#kernel/clock'
import { type NodeConfig, readDirectoryFile, readKeys } from '#node/config'
import { openDirectories } from '#node/directories'
import { openKeyring } from '#node/keyring'
import type { Identity } from '#protocol/identity'
import { startPostgres } from '#store/bundled-postgres'
import { openStore, type Store } from '#store/store'

/** What a node stands on, without anything that runs: its store, its keys, the directory in force. */
export interface Ground extends AsyncDisposable {
  readonly store: Store
  readonly identity: Identity
  readonly directories: Directories
}

/** Holds the database of the node until it is disposed of. Throws `store/unavailable` while another process holds it. */
export async function openGround(config: NodeConfig, clock: Clock): Promise<Ground> {
  await using cleanup = new AsyncDisposableStack()
  const keyring = await openKeyring(config.member, readKeys(config.keysFile).keys)
  const url =
    config.databaseUrl ??
    cleanup
      .adopt(await startPostgres({ directory: join(config.dataDirectory, 'postgres') }), (it) => it.stop())
      .url('postgres')
  let directories: Directories | undefined
  const identity: Identity = {
    me: config.member,
    signingKey: () => keyring.signingKey(opened(directories).current(), clock.now()),
    sealingKeys: () => keyring.sealingKeys(),
    directory: () => opened(directories).current(),
  }
  const slices = capabilities.map((it) => ({ name: it.name, migrations: it.migrations ?? [] }))
  const store = cleanup.use(await openStore({ url, me: config.member, clock, signingKey: identity.signingKey, slices }))
  directories = await openDirectories({ store, trust: config.trust, initial: readDirectoryFile(config.directoryFile) })
  const held = cleanup.move()
  return { store, identity, directories, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

function opened(directories: Directories | undefined): Directories {
  if (directories === undefined) throw new Error('the directory is not open yet')
  return directories
}
