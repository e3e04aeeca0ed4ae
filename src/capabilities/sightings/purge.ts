import { companionsPointer, sightingKind } from '#capabilities/sightings/record'
import type { Services } from '#http/services'
import { eraseExpired } from '#store/expired-fields'

const everyMilliseconds = 600_000

/** Companions leave every node that has them when their clock runs out. */
export function purgeCompanions({ store }: Pick<Services, 'store'>): Promise<number> {
  return eraseExpired(store, {
    type: sightingKind.type,
    pointer: companionsPointer,
    rule: 'sightings limits: companions.purgeDays',
  })
}

export function startPurge(services: Services): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = purgeCompanions(services).catch((cause: unknown) =>
      services.log.error({ err: cause }, 'companions whose time is over could not be removed'),
    )
  }
  round()
  const timer = setInterval(round, everyMilliseconds).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
    },
  }
}
