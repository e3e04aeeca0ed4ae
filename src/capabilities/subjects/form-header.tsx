import { addTime } from '#kernel/clock'
import type { Handling, HeldHandling } from '#protocol/handling'
import type { Work } from '../../web/ask'
import { handlingFrom } from '../../web/design/handling-change'
import { type Header, handlingOf, startHeader } from '../../web/design/handling-form'
import defaults from './defaults.json'

const dayOf = (at: string) => at.slice(0, 10)

/** The basis that is usual for a purpose, as the file of defaults has it. */
export function basisFor(purpose: string | undefined) {
  return defaults.bases.find((it) => purpose !== undefined && it.purposes.includes(purpose)) ?? defaults.bases[0]!
}

export const { spans } = defaults

/** What a new record begins with. The category of the data subject is not guessed. */
export function newHeader(work: Work | undefined, now: Date): Header {
  const { instrument, provision } = basisFor(work?.purpose)
  const after = ({ amount, unit }: { amount: number; unit: string }) => dayOf(addTime(now, amount, unit as 'years'))
  return startHeader(work, {
    instrument,
    provision,
    reviewOn: after(spans.review),
    expiresOn: after(spans.expiry),
  })
}

/** The header as it is sent: that of a new record goes to nobody yet. */
export function handlingOfForm(header: Header, before?: HeldHandling): Handling {
  if (before !== undefined) return handlingFrom(header, before)
  return { ...handlingOf(header), audience: { members: [], groups: [], sectors: [] } }
}

const places: readonly (readonly [pointer: string, field: keyof Header])[] = [
  ['/handling/basis/instrument', 'instrument'],
  ['/handling/basis', 'provision'],
  ['/handling/grading/information', 'information'],
  ['/handling/grading', 'source'],
  ['/handling/reviewAt', 'reviewOn'],
  ['/handling/expiresAt', 'expiresOn'],
  ['/handling/purposes', 'purposes'],
  ['/handling/category', 'category'],
  ['/handling/onward', 'onward'],
  ['/handling/nature', 'nature'],
  ['/handling/tlp', 'tlp'],
]

/** What is wrong in the header, by the field of the form that says it. */
export function headerErrors(errors: ReadonlyMap<string, string>): Partial<Record<keyof Header, string>> {
  const found: Partial<Record<keyof Header, string>> = {}
  for (const [at, text] of errors) {
    const inCodes = at.startsWith('/handling/codes') ? (at.endsWith('/text') ? 'restriction' : 'codes') : undefined
    const field = inCodes ?? places.find(([pointer]) => at === pointer || at.startsWith(`${pointer}/`))?.[1]
    if (field !== undefined) found[field] ??= text
  }
  return found
}
