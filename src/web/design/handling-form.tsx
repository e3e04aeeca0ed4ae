import { Checkbox, Fieldset, MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Category, Handling, HandlingCode, Onward, Purpose, Tlp } from '#protocol/handling'
import type { Work } from '../ask'

/** The handling header as the form holds it. The audience is missing: it is asked for where the record is sent. */
export interface Header {
  readonly tlp: Tlp
  readonly codes: readonly string[]
  readonly restriction: string
  readonly purposes: readonly string[]
  readonly onward: Onward
  readonly source: string
  readonly information: string
  readonly category: Category
  readonly nature: Handling['nature']
  readonly instrument: string
  readonly provision: string
  readonly reviewOn: string
  readonly expiresOn: string
}

const tlps = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
const onwards = ['no', 'ask', 'audience'] as const
const natures = ['fact', 'assessment'] as const
const sources = ['A', 'B', 'C', 'D', 'E', 'F'] as const
const informations = ['1', '2', '3', '4', '5', '6'] as const
const freeCodes = ['H0', 'H1', 'H2'] as const

/** The day so many days from now, as a field for a date holds it. */
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** What a capability fills into a new header, from a data file of its own: the basis, and for how long. */
export type HeaderDefaults = Pick<Header, 'instrument' | 'provision' | 'reviewOn' | 'expiresOn'>

/** What a form begins with: narrow, not judged, to be passed on with permission, for the purpose of the work that was stated. */
export function startHeader(work: Work | undefined, defaults: HeaderDefaults): Header {
  return {
    tlp: 'AMBER',
    codes: ['H2'],
    restriction: '',
    purposes: work === undefined ? [] : [work.purpose],
    onward: 'ask',
    source: 'F',
    information: '6',
    category: 'none',
    nature: 'assessment',
    ...defaults,
  }
}

export function handlingOf(header: Header): Omit<Handling, 'audience'> {
  const { tlp, codes, restriction, purposes, onward, source, information, category, nature } = header
  const restricted = restriction.trim() === '' ? [] : [{ code: 'H3' as const, text: restriction.trim() }]
  return {
    tlp,
    codes: [...codes.map((code) => ({ code }) as HandlingCode), ...restricted],
    purposes: [...purposes] as Purpose[],
    onward,
    grading: { scheme: 'admiralty', source, information } as Handling['grading'],
    category,
    nature,
    basis: { instrument: header.instrument, provision: header.provision },
    reviewAt: `${header.reviewOn}T00:00:00.000Z`,
    expiresAt: `${header.expiresOn}T23:59:59.999Z`,
  }
}

interface Fields {
  readonly header: Header
  readonly onChange: (header: Header) => void
  /** What is wrong with an element, by its name in the form. */
  readonly errors?: Readonly<Partial<Record<keyof Header, string>>>
}

/** Every element of the header, filled with what is usual, open to change. */
export function HandlingFields({ header, onChange, errors = {} }: Fields) {
  const { t } = useTranslation()
  const put = (change: object) => onChange({ ...header, ...change })
  const choice = (name: keyof Header, label: string, values: readonly string[], says: (it: string) => string) => (
    <Select
      label={label}
      error={errors[name]}
      value={String(header[name])}
      onChange={(it) => it !== null && put({ [name]: it })}
      data={values.map((it) => ({ value: it, label: says(it) }))}
    />
  )
  const text = (name: 'instrument' | 'provision' | 'reviewOn' | 'expiresOn' | 'restriction', label: string) => (
    <TextInput
      label={label}
      error={errors[name]}
      type={name.endsWith('On') ? 'date' : 'text'}
      dir="auto"
      value={header[name]}
      onChange={(event) => put({ [name]: event.currentTarget.value })}
      required={name !== 'restriction'}
      maxLength={name === 'restriction' ? 500 : 200}
    />
  )
  const words = (place: string) => Object.entries(t(`web.${place}`, { returnObjects: true }) as Record<string, string>)
  return (
    <Fieldset legend={t('web.handling.title')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        {choice('tlp', t('web.handling.tlp'), tlps, (it) => `TLP:${it}`)}
        {choice('onward', t('web.handling.onward'), onwards, (it) => t(`web.handling.onwards.${it}`))}
        <MultiSelect
          label={t('web.handling.purposes')}
          error={errors.purposes}
          value={[...header.purposes]}
          onChange={(purposes) => purposes.length > 0 && put({ purposes })}
          data={words('purposes').map(([value, label]) => ({ value, label }))}
        />
        <Select
          label={t('web.handling.category')}
          error={errors.category}
          value={header.category}
          onChange={(it) => it !== null && put({ category: it })}
          data={words('categories').map(([value, label]) => ({ value, label }))}
        />
        {choice('nature', t('web.header.nature'), natures, (it) => t(`web.handling.nature.${it}`))}
        {choice('source', t('web.header.source'), sources, (it) => `${it}: ${t(`web.header.sources.${it}`)}`)}
        {choice(
          'information',
          t('web.header.information'),
          informations,
          (it) => `${it}: ${t(`web.header.informations.${it}`)}`,
        )}
        {text('instrument', t('web.handling.basis'))}
        {text('provision', t('web.header.provision'))}
        {text('reviewOn', t('web.handling.review'))}
        {text('expiresOn', t('web.header.expires'))}
        {text('restriction', t('web.header.restriction'))}
      </SimpleGrid>
      <Checkbox.Group
        mt="md"
        label={t('web.header.codes')}
        error={errors.codes}
        value={[...header.codes]}
        onChange={(codes) => put({ codes })}
      >
        {freeCodes.map((it) => (
          <Checkbox key={it} value={it} label={t(`web.handling.${it}`)} mt="xs" />
        ))}
      </Checkbox.Group>
    </Fieldset>
  )
}
