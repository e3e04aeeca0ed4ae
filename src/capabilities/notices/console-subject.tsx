import { Fieldset, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { properties, type Writing } from '#capabilities/notices/console-properties'
import { Choice, CountriesField, CountryField, Line, PartialDate, Several, Tick, useEditing } from './console-field'

const genders = ['', 'male', 'female', 'other'] as const
const kept = ['photograph', 'fingerprints', 'dna'] as const

/** Who or what it is about. */
export function SubjectFields() {
  const { t } = useTranslation()
  const { form, rule, put } = useEditing()
  const optional = rule.subjectOptional === true || form.schema === ''
  const schemata = [...(optional ? [''] : []), ...rule.subject]
  return (
    <Fieldset legend={t('notices.blocks.subject')}>
      {schemata.length > 1 && (
        <Choice
          at="/subject/schema"
          label={t('notices.fields.schema')}
          value={form.schema}
          onChange={(schema) => put({ schema, properties: {} })}
          choices={schemata.map((it) => ({ value: it, label: t(`notices.schemata.${it || 'nobody'}`) }))}
        />
      )}
      {form.schema !== '' && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mt="sm">
            {(properties[form.schema] ?? []).map(([name, writing]) => (
              <PropertyField key={name} name={name} writing={writing} />
            ))}
          </SimpleGrid>
          <fieldset className="notice-ticks">
            <legend>{t('notices.fields.biometrics')}</legend>
            {kept.map((it) => (
              <Tick
                key={it}
                at={`/subject/biometrics/${it}`}
                label={t(`notices.biometrics.${it}`)}
                checked={form.biometrics[it]}
                onChange={(checked) => put({ biometrics: { ...form.biometrics, [it]: checked } })}
              />
            ))}
          </fieldset>
        </>
      )}
    </Fieldset>
  )
}

function PropertyField({ name, writing }: { name: string; writing: Writing }) {
  const { t } = useTranslation()
  const { form, put } = useEditing()
  const values = form.properties[name] ?? []
  const set = (next: readonly string[]) => put({ properties: { ...form.properties, [name]: next } })
  const field = {
    at: `/subject/properties/${name}`,
    label: t(name === 'name' && form.schema === 'Person' ? 'notices.fields.wholeName' : `web.properties.${name}`),
  }
  const one = {
    ...field,
    value: values[0] ?? '',
    onChange: (it: string) => set(it === '' ? [] : [it, ...values.slice(1)]),
  }
  if (writing === 'texts') return <Several {...field} values={values} onChange={set} />
  if (writing === 'countries') return <CountriesField {...field} values={values} onChange={set} />
  if (writing === 'country') return <CountryField {...one} />
  if (writing === 'date') return <PartialDate {...one} />
  if (writing === 'gender')
    return (
      <Choice
        {...one}
        choices={genders.map((it) => ({ value: it, label: it === '' ? '' : t(`notices.genders.${it}`) }))}
      />
    )
  return <Line {...one} />
}
