import { type NoticeForm, nobody } from '#capabilities/notices/console-form'
import type { Gap, TypeRule } from '#capabilities/notices/console-shapes'
import { writtenOf } from '#capabilities/notices/console-written'
import type { Notice } from '#capabilities/notices/record'

/** What is missing of a form, each gap at the field where it is closed. */

/** The field that a gap is closed at: where the rule names a whole block, its first field. */
export function fieldOf(at: string, { schema, judicial, warrant }: NoticeForm): string {
  if (at === '/judicial/maximumPenaltyMonths' && judicial.stage === 'to-serve') return '/judicial/sentenceMonths'
  if (at === '/judicial/warrant/appealToJudge' && warrant.judicial) return '/judicial/warrant/judicial'
  if (at === '/subject/properties/lastName' && schema !== 'Person') return '/subject/properties/name'
  return firstOf[at] ?? at
}

const firstOf: Readonly<Record<string, string>> = {
  '/subject': '/subject/schema',
  '/subject/biometrics': '/subject/biometrics/photograph',
  '/judicial/warrant': '/judicial/warrant/authority',
  '/interest': '/interest/status',
  '/warning': '/warning/assessment',
  '/incident': '/incident/policeRecord',
  '/assets': '/assets/predicateOffence',
  '/council': '/council/reference',
}

/** A gap at the field of the form. */
export interface FieldGap extends Omit<Gap, 'requirement'> {
  /** Of the node's requirements; or `unfinished` for what else a begun block needs, `reference` and `to`. */
  readonly requirement: string
}

interface Known {
  /** What a notice of this type that says nothing lacks: every requirement with its article. */
  readonly all: readonly Gap[]
  /** What this one lacks, padded. */
  readonly lacks: readonly Gap[]
}

/** Everything that is missing, each at its field, and how far the form has come, in percent. */
export function judge(
  form: NoticeForm,
  rule: TypeRule,
  { all, lacks }: Known,
): { readonly gaps: readonly FieldGap[]; readonly complete: number; readonly passes: boolean } {
  const { missing } = writtenOf(form, rule)
  const placed = (it: FieldGap): FieldGap => ({ ...it, at: fieldOf(it.at, form) })
  const known = all.map(placed)
  const gaps: FieldGap[] = lacks.map(placed)
  for (const at of missing) {
    const named = known.filter((it) => it.at === at && firstRequirement(known, at) === it.requirement)
    const block = known.find((it) => it.at.split('/')[1] === at.split('/')[1])
    const other = { requirement: at === '/reference' ? 'reference' : 'unfinished', at, weight: 'blocks' as const }
    for (const it of named.length > 0 ? named : [{ ...other, rule: block?.rule ?? '' }])
      if (!gaps.some((one) => one.at === it.at && one.requirement === it.requirement)) gaps.push(it)
  }
  if (form.to.members.length + form.to.groups.length + form.to.sectors.length === 0)
    gaps.push({ requirement: 'to', at: '/to', weight: 'blocks', rule: 'RPD 73, 97' })
  const order = new Map(known.map((it, at) => [`${it.requirement} ${it.at}`, at]))
  const placeOf = (it: FieldGap) =>
    it.requirement === 'reference' ? -1 : (order.get(`${it.requirement} ${it.at}`) ?? order.size)
  gaps.sort((a, b) => placeOf(a) - placeOf(b))
  const asked = rule.requires.length + rule.improves.length + 2
  const open = gaps.filter((it) => !ours.has(it.requirement)).length
  return {
    gaps,
    complete: Math.max(0, Math.round((100 * (asked - open)) / asked)),
    passes: gaps.every((it) => it.weight === 'improves'),
  }
}

/** What the form asks for beyond the node's requirements. */
const ours: ReadonlySet<string> = new Set(['unfinished', 'reference', 'to'])

/** Several requirements may be at one field: only the first says that it is empty. */
const firstRequirement = (known: readonly FieldGap[], at: string) => known.find((it) => it.at === at)?.requirement

/** A notice of the type that says nothing: what it lacks is all that the type asks for. */
export function blankOf(rule: TypeRule, channel: Notice['channel']): object {
  return { type: rule.type, channel, reference: '…', to: nobody, asked: rule.action, sought: [] }
}
