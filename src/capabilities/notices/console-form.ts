import type { Gap, TypeRule } from '#capabilities/notices/console-shapes'
import type { Notice, NoticeType } from '#capabilities/notices/record'
import type { AlertAction } from '#http/travellers'
import type { Audience } from '#protocol/handling'

/** A notice while it is written: texts with gaps, blocks that are only begun. Runs in the browser. */

type Texts<Name extends string> = Readonly<Record<Name, string>>
export type YesNo = '' | 'yes' | 'no'

export interface NoticeForm {
  readonly type: NoticeType
  readonly channel: Notice['channel']
  readonly reference: string
  /** Empty: it is about nobody in particular. */
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly biometrics: { readonly photograph: boolean; readonly fingerprints: boolean; readonly dna: boolean }
  readonly facts: Texts<'summary' | 'from' | 'to' | 'place' | 'country' | 'role'>
  readonly judicial: Texts<'charge' | 'law' | 'maximumPenaltyMonths' | 'sentenceMonths' | 'remainingMonths'> & {
    readonly stage: 'for-trial' | 'to-serve'
    readonly life: boolean
  }
  readonly warrant: Texts<'authority' | 'reference' | 'date'> & {
    readonly judicial: boolean
    readonly appealToJudge: YesNo
    readonly copyAttached: boolean
  }
  readonly assurances: {
    readonly hasPower: boolean
    readonly extraditionAuthorityConsulted: boolean
    readonly extraditionWillBeSought: boolean
  }
  readonly interest: Texts<'status' | 'asked' | 'case'>
  readonly warning: Texts<'assessment' | 'grounds' | 'content' | 'imminence' | 'danger'>
  readonly incident: Texts<'policeRecord' | 'at' | 'place' | 'circumstances' | 'forensic'> & {
    readonly adultsLawAllows: YesNo
  }
  readonly method: string
  readonly assets: Texts<'predicateOffence' | 'description'>
  readonly council: { readonly reference: string; readonly measures: readonly string[] }
  readonly to: Audience
  readonly asked: AlertAction
  readonly discreet: boolean
  readonly sought: readonly string[]
  readonly caution: string
  readonly publicExtract: boolean
}

export const nobody: Audience = { members: [], groups: [], sectors: [] }

export function emptyForm(
  { type, subject, subjectOptional, action }: TypeRule,
  channel: Notice['channel'],
): NoticeForm {
  return {
    type,
    channel,
    reference: '',
    schema: subjectOptional === true ? '' : (subject[0] ?? ''),
    properties: {},
    biometrics: { photograph: false, fingerprints: false, dna: false },
    facts: { summary: '', from: '', to: '', place: '', country: '', role: '' },
    judicial: {
      stage: 'for-trial',
      charge: '',
      law: '',
      maximumPenaltyMonths: '',
      life: false,
      sentenceMonths: '',
      remainingMonths: '',
    },
    warrant: { authority: '', reference: '', date: '', judicial: true, appealToJudge: '', copyAttached: false },
    assurances: { hasPower: false, extraditionAuthorityConsulted: false, extraditionWillBeSought: false },
    interest: { status: '', asked: '', case: '' },
    warning: { assessment: '', grounds: '', content: '', imminence: '', danger: '' },
    incident: { policeRecord: '', at: '', place: '', circumstances: '', forensic: '', adultsLawAllows: '' },
    method: '',
    assets: { predicateOffence: '', description: '' },
    council: { reference: '', measures: [] },
    to: nobody,
    asked: action as AlertAction,
    discreet: false,
    sought: [],
    caution: '',
    publicExtract: false,
  }
}

/** Another type asks for other things: what both have stays. */
export function asType(form: NoticeForm, rule: TypeRule): NoticeForm {
  const kept = form.schema === '' ? rule.subjectOptional === true : rule.subject.includes(form.schema)
  const schema = kept ? form.schema : emptyForm(rule, form.channel).schema
  return {
    ...form,
    type: rule.type,
    schema,
    properties: schema === form.schema ? form.properties : {},
    asked: rule.actions.includes(form.asked) ? form.asked : (rule.action as AlertAction),
    publicExtract: form.publicExtract && rule.publicExtract,
  }
}

export const blockNames = [
  'facts',
  'judicial',
  'assurances',
  'interest',
  'warning',
  'incident',
  'method',
  'assets',
  'council',
] as const
export type BlockName = (typeof blockNames)[number]

/** By which requirement a type asks for the block. */
const askedBy: Readonly<Record<BlockName, string>> = {
  facts: 'facts',
  judicial: 'charge',
  assurances: 'power',
  interest: 'interest',
  warning: 'warning',
  incident: 'incident',
  method: 'method',
  assets: 'assets',
  council: 'council',
}

/** What a block must have before it can be recorded at all, and what stands in for it while the rest is checked. */
const needs = {
  facts: { summary: '…', from: '2000', place: '…', role: '…' },
  judicial: { charge: '…', law: '…' },
  warrant: { authority: '…', reference: '…', date: '2000' },
  interest: { status: 'suspect', asked: '…', case: '…' },
  warning: { assessment: '…', content: '…' },
  incident: { policeRecord: '…', at: '2000', place: '…', circumstances: '…' },
  assets: { predicateOffence: '…', description: '…' },
  council: { reference: '…', measures: ['assets-freeze'] },
} as const

const isEmpty = (value: unknown) =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)

/** Whether anything was said in it. What a form begins with says nothing. */
function isBegun(block: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(block).some(([name, value]) =>
    typeof value === 'boolean'
      ? name === 'copyAttached' || name === 'life'
        ? value
        : false
      : name !== 'stage' && !isEmpty(value),
  )
}

/** The blocks that the type asks for, and those in which something stands. */
export function blocksOf(form: NoticeForm, { requires, improves }: TypeRule): BlockName[] {
  return blockNames.filter(
    (it) =>
      requires.includes(askedBy[it]) ||
      improves.includes(askedBy[it]) ||
      (it === 'method' ? !isEmpty(form.method) : it !== 'assurances' && isBegun(form[it])) ||
      (it === 'judicial' && isBegun(form.warrant)),
  )
}

export interface Written {
  /** The notice as it can be recorded: blocks that are only begun are not in it. */
  readonly body: Notice
  /** The same with something in the place of what is missing in them, so that all else can be checked. */
  readonly padded: Notice
  /** Fields, as pointers in the body, without which a block that was begun cannot be recorded. */
  readonly missing: readonly string[]
}

export function writtenOf(form: NoticeForm, rule: TypeRule): Written {
  const missing: string[] = []
  const shown = new Set(blocksOf(form, rule))
  const lack = (at: string) => missing.push(at)
  if (isEmpty(form.reference)) lack('/reference')

  const blockOf = (name: keyof typeof needs, at: string, whole: object) => {
    const lacks = Object.keys(needs[name]).filter((it) => isEmpty((whole as Record<string, unknown>)[it]))
    for (const it of lacks) lack(`${at}/${it}`)
    return { block: lacks.length === 0 ? whole : undefined, full: { ...needs[name], ...whole } }
  }
  const body: Record<string, unknown> = headOf(form)
  const padded: Record<string, unknown> = { ...body, reference: body.reference || '…' }
  const put = (name: string, { block, full }: { block: object | undefined; full: object }) => {
    if (block !== undefined) body[name] = block
    padded[name] = full
  }
  const subject = subjectOf(form)
  if (subject !== undefined) put('subject', { block: subject, full: subject })
  for (const name of ['facts', 'interest', 'warning', 'assets', 'council'] as const)
    if (shown.has(name) && isBegun(form[name])) put(name, blockOf(name, `/${name}`, filled(form[name])))
  if (shown.has('incident') && (isBegun(form.incident) || form.incident.adultsLawAllows !== '')) {
    const { adultsLawAllows, ...rest } = form.incident
    const known = adultsLawAllows === '' ? {} : { adultsLawAllows: adultsLawAllows === 'yes' }
    put('incident', blockOf('incident', '/incident', { ...filled(rest), ...known }))
  }
  if (shown.has('judicial') && (isBegun(form.judicial) || isBegun(form.warrant))) put('judicial', judicialOf())
  if (shown.has('assurances')) put('assurances', { block: form.assurances, full: form.assurances })
  if (shown.has('method') && !isEmpty(form.method)) {
    body.method = form.method.trim()
    padded.method = body.method
  }
  return { body: body as Notice, padded: padded as Notice, missing }

  function judicialOf() {
    const { stage, life, maximumPenaltyMonths, sentenceMonths, remainingMonths, ...texts } = form.judicial
    const months = { maximumPenaltyMonths, sentenceMonths, remainingMonths }
    const numbers = Object.fromEntries(
      Object.entries(months).flatMap(([name, it]) => (isEmpty(it) ? [] : [[name, Number(it)]])),
    )
    const own = blockOf('judicial', '/judicial', { stage, life, ...filled(texts), ...numbers })
    if (!isBegun(form.warrant)) return own
    const { judicial, appealToJudge, copyAttached, ...rest } = form.warrant
    const appeal = judicial || appealToJudge === '' ? {} : { appealToJudge: appealToJudge === 'yes' }
    const warrant = blockOf('warrant', '/judicial/warrant', { ...filled(rest), judicial, copyAttached, ...appeal })
    const whole = own.block !== undefined && warrant.block !== undefined
    return {
      block: whole ? { ...own.block, warrant: warrant.block } : undefined,
      full: { ...own.full, warrant: warrant.full },
    }
  }
}

/** A year, a month or a day. */
export const datePattern = '\\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?)?'
const date = new RegExp(`^${datePattern}$`)
const dates: ReadonlySet<string> = new Set(['from', 'to', 'at', 'date'])

/** Only what says something; a date that is none yet says nothing. */
const filled = (block: object) =>
  Object.fromEntries(
    Object.entries(block).flatMap(([name, it]) => {
      const value: unknown = typeof it === 'string' ? it.trim() : it
      return isEmpty(value) || (dates.has(name) && !date.test(String(value))) ? [] : [[name, value]]
    }),
  )

function headOf(form: NoticeForm): Record<string, unknown> {
  const { type, channel, reference, to, asked, discreet, sought, caution, publicExtract } = form
  return {
    type,
    channel,
    reference: reference.trim(),
    to,
    asked,
    discreet,
    sought,
    publicExtract,
    ...(isEmpty(caution) ? {} : { caution: caution.trim() }),
  }
}

function subjectOf({ schema, properties, biometrics }: NoticeForm): object | undefined {
  if (schema === '') return undefined
  const stated = Object.fromEntries(
    Object.entries(properties).flatMap(([name, values]) => {
      const said = values.map((it) => it.trim()).filter((it) => it !== '')
      return said.length === 0 ? [] : [[name, said]]
    }),
  )
  return { schema, properties: stated, biometrics }
}

/** The form of a notice that there is. */
export function formOf(notice: Notice, rule: TypeRule): NoticeForm {
  const empty = emptyForm(rule, notice.channel)
  const { facts, judicial, incident, subject } = notice
  const { warrant, ...trial } = judicial ?? {}
  const said = (it: boolean | undefined): YesNo => (it === undefined ? '' : it ? 'yes' : 'no')
  const texts = (it: object | undefined) =>
    Object.fromEntries(
      Object.entries(it ?? {}).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
    )
  return {
    ...empty,
    type: notice.type,
    reference: notice.reference,
    schema: subject?.schema ?? '',
    properties: subject?.properties ?? {},
    biometrics: subject?.biometrics ?? empty.biometrics,
    facts: { ...empty.facts, ...texts(facts) },
    judicial: { ...empty.judicial, ...texts(trial) },
    warrant: { ...empty.warrant, ...texts(warrant), appealToJudge: said(warrant?.appealToJudge) },
    assurances: notice.assurances ?? empty.assurances,
    interest: { ...empty.interest, ...texts(notice.interest) },
    warning: { ...empty.warning, ...texts(notice.warning) },
    incident: { ...empty.incident, ...texts(incident), adultsLawAllows: said(incident?.adultsLawAllows) },
    method: notice.method ?? '',
    assets: { ...empty.assets, ...notice.assets },
    council: { ...empty.council, ...notice.council },
    to: notice.to,
    asked: notice.asked,
    discreet: notice.discreet,
    sought: notice.sought,
    caution: notice.caution ?? '',
    publicExtract: notice.publicExtract,
  }
}

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

/** A name for lists of drafts. */
export function captionOf({ properties, reference }: NoticeForm): string {
  const { name = [], firstName = [], lastName = [] } = properties
  const said = [name[0] ?? [firstName[0], lastName[0]].filter((it) => it !== undefined && it !== '').join(' ')]
  return [...said, reference].filter((it) => it !== undefined && it.trim() !== '').join(' · ')
}
