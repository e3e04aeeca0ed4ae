import type { Capability } from '#capabilities/capability'
import * as downloadRoutes from '#capabilities/lists/download-routes'
import { startDownloads } from '#capabilities/lists/downloads'
import * as importRoutes from '#capabilities/lists/import-routes'
import { startJobs } from '#capabilities/lists/job'
import * as ownRoutes from '#capabilities/lists/own-routes'
import { listingKind } from '#capabilities/lists/record'
import * as routes from '#capabilities/lists/routes'
import * as shareRoutes from '#capabilities/lists/share-routes'
import { knowsOfListShare } from '#capabilities/lists/share-store'
import { migrations } from '#capabilities/lists/store'

export const lists: Capability = {
  name: 'lists',
  migrations,
  kinds: [listingKind],
  operations: [routes, importRoutes, shareRoutes, ownRoutes, downloadRoutes].flatMap((it) => Object.values(it)),
  work: { 'list-share': knowsOfListShare },
  forget: (id) => [{ op: 'delete', table: 'list_changes', where: { record: id } }],
  start: async (services) => {
    const running = new AsyncDisposableStack()
    running.use(await startJobs(services))
    running.use(startDownloads(services))
    return running
  },
}
