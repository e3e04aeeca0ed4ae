import type { Handling, HeldHandling } from '#protocol/handling'
import { type Header, handlingOf } from './handling-form'

const dayOf = (at: string) => at.slice(0, 10)

/** The header of a record that there is, as the form holds it. */
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

/** The header of the next version. What the form cannot say, and nobody changed, stays as it was: other gradings, times of day. */
export function handlingFrom(header: Header, before: HeldHandling): Handling {
  const was = headerOf(before)
  const unchanged = (...names: readonly (keyof Header)[]) =>
    names.every((it) => JSON.stringify(header[it]) === JSON.stringify(was[it]))
  return {
    ...handlingOf(header),
    audience: before.audience ?? { members: [], groups: [], sectors: [] },
    ...(unchanged('source', 'information') ? { grading: before.grading } : {}),
    ...(unchanged('codes', 'restriction') ? { codes: before.codes } : {}),
    ...(unchanged('reviewOn') ? { reviewAt: before.reviewAt } : {}),
    ...(unchanged('expiresOn') ? { expiresAt: before.expiresAt } : {}),
  }
}
