import type { NoticeForm } from '#capabilities/notices/console-form'
import type { TypeRule } from '#capabilities/notices/console-shapes'
import type { Notice } from '#capabilities/notices/record'

/** What of a form can be recorded, and what stands in for the rest while it is checked. */

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
