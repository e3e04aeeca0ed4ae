import { addTime } from '#kernel/clock'
import type { Handling, HeldHandling } from '#protocol/handling'
import type { Work } from '../../web/ask'
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
  return {
    ...startHeader(work, { provision, reviewDays: 0 }),
    instrument,
    reviewOn: after(spans.review),
    expiresOn: after(spans.expiry),
  }
}

export function headerOf(handling: HeldHandling): Header {
  const { tlp, codes, purposes, onward, grading, category, nature, basis, reviewAt, expiresAt } = handling
  return {
    tlp,
    codes: codes.flatMap((it) => (it.code === 'H3' ? [] : [it.code])),
    restriction: codes.flatMap((it) => (it.code === 'H3' ? [it.text] : []))[0] ?? '',
    purposes,
    onward,
    source: grading.source,
    information: grading.information,
    category,
    nature,
    ...basis,
    reviewOn: dayOf(reviewAt),
    expiresOn: dayOf(expiresAt),
  }
}

/** The header as it is sent. What the form cannot say, and nobody changed, stays as the version before had it. */
export function handlingFrom(header: Header, before?: HeldHandling): Handling {
  const made = handlingOf(header)
  if (before === undefined) return { ...made, audience: { members: [], groups: [], sectors: [] } }
  const was = headerOf(before)
  const unchanged = (...names: readonly (keyof Header)[]) =>
    names.every((it) => JSON.stringify(header[it]) === JSON.stringify(was[it]))
  return {
    ...made,
    audience: before.audience ?? { members: [], groups: [], sectors: [] },
    ...(unchanged('source', 'information') ? { grading: before.grading } : {}),
    ...(unchanged('codes', 'restriction') ? { codes: before.codes } : {}),
    ...(unchanged('reviewOn') ? { reviewAt: before.reviewAt } : {}),
    ...(unchanged('expiresOn') ? { expiresAt: before.expiresAt } : {}),
  }
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
