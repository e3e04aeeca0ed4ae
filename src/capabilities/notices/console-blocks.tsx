import { Fieldset, MultiSelect, SimpleGrid, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeForm } from '#capabilities/notices/console-form'
import { type BlockName, blocksOf } from '#capabilities/notices/console-written'
import { Choice, CountryField, Line, Months, PartialDate, Text, Tick, useEditing, useField } from './console-field'

const shown: Readonly<Record<BlockName, () => ReactNode>> = {
  facts: FactsBlock,
  judicial: JudicialBlock,
  assurances: AssurancesBlock,
  interest: InterestBlock,
  warning: WarningBlock,
  incident: IncidentBlock,
  method: MethodBlock,
  assets: AssetsBlock,
  council: CouncilBlock,
}

/** The blocks that the chosen type asks for, in its order. */
export function Blocks() {
  const { t } = useTranslation()
  const { form, rule } = useEditing()
  return blocksOf(form, rule).map((name) => {
    const Block = shown[name]
    return (
      <Fieldset key={name} legend={t(`notices.blocks.${name}`)}>
        <Stack gap="md">
          <Block />
        </Stack>
      </Fieldset>
    )
  })
}

type Worded = 'facts' | 'judicial' | 'warrant' | 'interest' | 'warning' | 'incident' | 'assets' | 'council'

/** A field of a block by its name: its place, its words, its value and how it is changed. */
function useBlock<Name extends Worded>(name: Name) {
  const { t } = useTranslation()
  const { form, put } = useEditing()
  const block = form[name] as NoticeForm[Name]
  const path = name === 'warrant' ? '/judicial/warrant' : `/${name}`
  const set = (change: object) => put({ [name]: { ...block, ...change } })
  const field = <Field extends keyof NoticeForm[Name] & string>(it: Field) => ({
    at: `${path}/${it}`,
    label: t(`notices.fields.${name}.${it}`),
    value: block[it] as string,
    onChange: (value: string) => set({ [it]: value }),
  })
  const tick = <Field extends keyof NoticeForm[Name] & string>(it: Field) => ({
    at: `${path}/${it}`,
    label: t(`notices.fields.${name}.${it}`),
    checked: block[it] as boolean,
    onChange: (checked: boolean) => set({ [it]: checked }),
  })
  const choices = (values: readonly string[], place: string) =>
    values.map((value) => ({ value, label: value === '' ? '' : t(`notices.${place}.${value}`) }))
  return { t, block, set, field, tick, choices }
}

function FactsBlock() {
  const { field } = useBlock('facts')
  return (
    <>
      <Text {...field('summary')} most={5_000} />
      <Text {...field('role')} most={2_000} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <PartialDate {...field('from')} />
        <PartialDate {...field('to')} />
        <Line {...field('place')} most={300} />
        <CountryField {...field('country')} />
      </SimpleGrid>
    </>
  )
}

function JudicialBlock() {
  const { t, block, field, tick, choices } = useBlock('judicial')
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Choice {...field('stage')} choices={choices(['for-trial', 'to-serve'], 'stages')} />
        <Line {...field('charge')} most={1_000} />
        <Line {...field('law')} />
        <Months {...field('maximumPenaltyMonths')} />
        {block.stage === 'to-serve' && (
          <>
            <Months {...field('sentenceMonths')} />
            <Months {...field('remainingMonths')} />
          </>
        )}
      </SimpleGrid>
      <Tick {...tick('life')} />
      <Fieldset legend={t('notices.blocks.warrant')}>
        <Warrant />
      </Fieldset>
    </>
  )
}

function Warrant() {
  const { block, field, tick, choices } = useBlock('warrant')
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Line {...field('authority')} most={300} />
        <Line {...field('reference')} most={200} />
        <PartialDate {...field('date')} />
      </SimpleGrid>
      <Tick {...tick('judicial')} />
      {!block.judicial && <Choice {...field('appealToJudge')} choices={choices(['', 'yes', 'no'], 'yesNo')} />}
      <Tick {...tick('copyAttached')} />
    </Stack>
  )
}

function AssurancesBlock() {
  const { t } = useTranslation()
  const { form, put } = useEditing()
  return (['hasPower', 'extraditionAuthorityConsulted', 'extraditionWillBeSought'] as const).map((it) => (
    <Tick
      key={it}
      at={`/assurances/${it}`}
      label={t(`notices.fields.assurances.${it}`)}
      checked={form.assurances[it]}
      onChange={(checked) => put({ assurances: { ...form.assurances, [it]: checked } })}
    />
  ))
}

const statuses = ['', 'convicted', 'charged', 'suspect', 'witness', 'victim'] as const

function InterestBlock() {
  const { field, choices } = useBlock('interest')
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Choice {...field('status')} choices={choices(statuses, 'statuses')} />
        <Line {...field('case')} />
      </SimpleGrid>
      <Text {...field('asked')} most={2_000} />
    </>
  )
}

const grounds = ['', 'convictions', 'other-reasonable-grounds', 'suspicion-only'] as const

function WarningBlock() {
  const { field, choices } = useBlock('warning')
  const { rule } = useEditing()
  return (
    <>
      <Text {...field('assessment')} />
      <Text {...field('content')} />
      {rule.requires.includes('reasonable-grounds') && (
        <Choice {...field('grounds')} choices={choices(grounds, 'grounds')} />
      )}
      {rule.requires.includes('imminence') && <Text {...field('imminence')} most={1_000} />}
      {rule.requires.includes('danger') && <Text {...field('danger')} most={1_000} />}
    </>
  )
}

function IncidentBlock() {
  const { field, choices } = useBlock('incident')
  const { rule } = useEditing()
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Line {...field('policeRecord')} />
        <PartialDate {...field('at')} />
        <Line {...field('place')} most={300} />
        {rule.requires.includes('adult-privacy') && (
          <Choice {...field('adultsLawAllows')} choices={choices(['', 'yes', 'no'], 'yesNo')} />
        )}
      </SimpleGrid>
      <Text {...field('circumstances')} />
      {rule.requires.includes('forensic') && <Text {...field('forensic')} most={2_000} />}
    </>
  )
}

function MethodBlock() {
  const { t } = useTranslation()
  const { form, put } = useEditing()
  return (
    <Text
      at="/method"
      label={t('notices.fields.method')}
      value={form.method}
      onChange={(method) => put({ method })}
      most={5_000}
    />
  )
}

function AssetsBlock() {
  const { field } = useBlock('assets')
  return (
    <>
      <Line {...field('predicateOffence')} />
      <Text {...field('description')} />
    </>
  )
}

const measures = ['assets-freeze', 'travel-ban', 'arms-embargo'] as const

function CouncilBlock() {
  const { t, block, set, field } = useBlock('council')
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Line {...field('reference')} most={40} />
      <MultiSelect
        {...useField('/council/measures')}
        label={t('notices.fields.council.measures')}
        value={[...block.measures]}
        onChange={(it) => set({ measures: it })}
        data={measures.map((value) => ({ value, label: t(`notices.measures.${value}`) }))}
      />
    </SimpleGrid>
  )
}
