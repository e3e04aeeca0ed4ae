import { z } from 'zod'
import { capabilities } from '#capabilities/index'
import type { Services } from '#http/services'
import { readJson } from '#node/config'

/** Gives each capability its part of the seed file, once: the mark that it was planted is in the same transaction. */
export async function plantSeed(file: string, services: Services): Promise<void> {
  const parts = readJson(file, z.record(z.string(), z.unknown()))
  for (const { name, seed } of capabilities) {
    if (seed === undefined || parts[name] === undefined) continue
    const mark = `seed ${name}`
    const planted = await services.store.db
      .selectFrom('cursors')
      .select('name')
      .where('name', '=', mark)
      .executeTakeFirst()
    if (planted !== undefined) continue
    await services.store.commit({ ...(await seed(parts[name], services)), cursor: { name: mark, sequence: 1 } })
  }
}
