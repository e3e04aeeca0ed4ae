import type { Json } from '#kernel/canonical'
import { addTime } from '#kernel/clock'
import { type Directory, partyOf } from '#protocol/directory'
import { type Category, type HeldHandling, inAudience, type Mark, onwardRules, tlpLabels } from '#protocol/handling'
import { take } from '#protocol/pointer'

/** What rules on sharing ask about a record before it leaves. */

/** Whether the header, now or since a second person last looked, or any fact in the body states this category of data subject. */
export function statesCategory(
  { handling, body, since }: { readonly body: object; readonly since: readonly Headed[] } & Headed,
  category: Category,
): boolean {
  return (
    [handling, ...since.map((it) => it.handling)].some((it) => it.category === category) ||
    someObject(body, (it) => it.category === category)
  )
}

interface Headed {
  readonly handling: HeldHandling
}

/** Whether any date of birth in the body leaves room for somebody younger than this. A year alone counts as its last day. */
export function mayBeYounger(body: object, years: number, now: Date): boolean {
  const limit = addTime(now, -years, 'years').slice(0, 10)
  return someObject(body, ({ property, value, birthDate }) =>
    // A statement has one value; an entry of a published list has lists of them by property.
    [...(property === 'birthDate' ? [value] : []), ...(Array.isArray(birthDate) ? birthDate : [])].some(
      (it) => typeof it === 'string' && /^\d{4}/.test(it) && lastDayOf(it) > limit,
    ),
  )
}

function lastDayOf(partial: string): string {
  return `${partial.slice(0, 10)}${'-12-31'.slice(Math.min(6, Math.max(0, partial.length - 4)))}`
}

type Marks = Readonly<Record<string, Mark>>

interface Towards {
  readonly directory: Directory
  readonly owner: string
}

/** Whether any mark on what is still in the body would be gone, or would let somebody or something through that it kept back. */
export function loosens(
  before: { readonly marks: Marks },
  after: { readonly marks: Marks; readonly body: object } & Towards,
): boolean {
  return Object.entries(before.marks).some(([pointer, mark]) => {
    if (take(after.body as Record<string, Json>, pointer.slice('/body'.length)) === undefined) return false
    const next = Object.hasOwn(after.marks, pointer) ? after.marks[pointer]! : {}
    return next !== mark && (admitsMore(mark, next, after) || restrictsLess(mark, next))
  })
}

function admitsMore({ audience: before }: Mark, { audience: after }: Mark, { directory, owner }: Towards): boolean {
  if (before === undefined) return false
  return directory.members.some(({ id }) => {
    const party = partyOf(directory, id)
    const admitted = after === undefined || inAudience(after, party) !== false
    return id !== owner && admitted && inAudience(before, party) === false
  })
}

function restrictsLess(before: Mark, after: Mark): boolean {
  const { tlp, codes = [], purposes, onward, expiresAt } = before
  const kept = (after.codes ?? []).map(codeText)
  return (
    (tlp !== undefined && (after.tlp === undefined || tlpLabels.indexOf(after.tlp) < tlpLabels.indexOf(tlp))) ||
    (onward !== undefined &&
      (after.onward === undefined || onwardRules.indexOf(after.onward) > onwardRules.indexOf(onward))) ||
    (purposes !== undefined && (after.purposes?.some((it) => !purposes.includes(it)) ?? true)) ||
    (expiresAt !== undefined && (after.expiresAt === undefined || after.expiresAt > expiresAt)) ||
    codes.some((it) => !kept.includes(codeText(it)))
  )
}

const codeText = (it: NonNullable<Mark['codes']>[number]) => (it.code === 'H3' ? `H3 ${it.text}` : it.code)

function someObject(value: unknown, holds: (it: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false
  return (
    (!Array.isArray(value) && holds(value as Record<string, unknown>)) ||
    Object.values(value).some((it) => someObject(it, holds))
  )
}
