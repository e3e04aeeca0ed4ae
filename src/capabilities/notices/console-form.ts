import type { TypeRule } from '#capabilities/notices/console-shapes'
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

/** A name for lists of drafts. */
export function captionOf({ properties, reference }: NoticeForm): string {
  const { name = [], firstName = [], lastName = [] } = properties
  const said = [name[0] ?? [firstName[0], lastName[0]].filter((it) => it !== undefined && it !== '').join(' ')]
  return [...said, reference].filter((it) => it !== undefined && it.trim() !== '').join(' · ')
}
