import type { Services } from '#http/services'

const instants = new WeakMap<Services, Date>()

export function noteStart(services: Services): void {
  instants.set(services, services.store.clock.now())
}

/** When this run of the node began. */
export function startedAt(services: Services): Date {
  return instants.get(services) ?? services.store.clock.now()
}
