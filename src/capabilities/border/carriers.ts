import { z } from 'zod'
import { fault } from '#capabilities/border/faults'
import { type ReportLanguage, reportLanguages } from '#formats/travel/carrier-report'
import type { Services } from '#http/services'
import { readLocalTable } from '#store/local-table'
import type { Store } from '#store/store'

/** A carrier as this node knows it. */
const Carrier = z.strictObject({
  /** As its messages name it: the sender of the interchange, or the reporting party. */
  name: z.string().trim().min(1).max(120),
  language: z.enum(reportLanguages),
})

const own = new WeakMap<Store, ReadonlyMap<string, ReportLanguage>>()
const plain = (name: string) => name.trim().toUpperCase()

/** Reads the carriers of this node (`carriers.json` in its data directory), once, at the start. Throws `border/bad-carriers`. */
export function readCarriers({ store, settings }: Pick<Services, 'store' | 'settings'>): void {
  const carriers = readLocalTable(settings.dataDirectory, {
    name: 'carriers.json',
    Schema: z.array(Carrier).max(10_000),
    refuse: (message, cause) => fault('border/bad-carriers', message, { cause }),
  })
  if (carriers !== undefined) own.set(store, new Map(carriers.map((it) => [plain(it.name), it.language])))
}

/** In which language whoever sent a message reads what was wrong in it: their own where they are known, else English. */
export function languageFor(store: Store, names: readonly string[]): ReportLanguage {
  const known = own.get(store)
  return names.map((it) => known?.get(plain(it))).find((it) => it !== undefined) ?? 'en'
}
