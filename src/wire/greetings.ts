import type { Directory } from '#protocol/directory'
import { noteContact } from '#store/outbox'
import type { Store } from '#store/store'
import type { Carrier } from '#wire/carrier'

export interface Greetings {
  /** Says to every peer that this node is here. */
  sayHello(): void
  /** A peer is here: answered once, so that both know of each other and neither goes on for ever. */
  answer(member: string): void
}

/** A greeting proves nothing and changes nothing but pauses and the line that says when a peer was last reached. */
export function startGreetings({
  store,
  carrier,
  directory,
}: {
  store: Store
  carrier: Carrier
  directory: () => Directory
}): Greetings {
  const met = new Set<string>()

  async function greet(id: string): Promise<void> {
    const member = directory().members.find((it) => it.id === id)
    if (member === undefined || met.has(id)) return
    met.add(id)
    try {
      await carrier.greet(member)
      await noteContact(store, id, null)
    } catch {
      met.delete(id) // it is away, and will greet us when it is back
    }
  }

  return {
    sayHello() {
      for (const { id } of directory().members) if (id !== store.me) void greet(id)
    },
    answer: (member) => void greet(member),
  }
}
