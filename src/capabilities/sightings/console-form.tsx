import {
  Fieldset,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { type RedField, redFields, type SightingForm } from '#capabilities/sightings/form'
import { purgeDays, sources } from '#capabilities/sightings/limits'
import { HandlingFields, type Header } from '../../web/design/handling-form'
import { Help } from '../../web/design/help'
import { useMembers } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'

const surenesses = ['certain', 'probable', 'possible'] as const

export interface Written {
  readonly form: SightingForm
  readonly header: Header
}

/** What a draft of a sighting is shown by, where two of them are compared. */
export const textOfSighting = ({ form: { place, what } }: Written) =>
  [place, what].filter((it) => it !== '').join('\n\n')

interface Fields {
  readonly written: Written
  readonly onChange: (written: Written) => void
  /** Of the record that it is about. */
  readonly owner: string
  readonly discreet: boolean
  /** A correction goes to those who hold the sighting. */
  readonly correcting?: boolean
}

type TextName = { [Name in keyof SightingForm]: SightingForm[Name] extends string ? Name : never }[keyof SightingForm]

/** Every field of a sighting, with its header. */
export function SightingFields({ written, onChange, owner, discreet, correcting = false }: Fields) {
  const { t } = useTranslation()
  const { form, header } = written
  const put = (change: Partial<SightingForm>) => onChange({ ...written, form: { ...form, ...change } })
  const field = (name: TextName, rest: object = {}) => ({
    label: t(`sightings.fields.${name}`),
    value: form[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      put({ [name]: event.currentTarget.value }),
    ...rest,
  })
  const choice = (name: 'sure' | 'source', values: readonly string[]) => (
    <Select
      label={t(`sightings.fields.${name}`)}
      value={form[name]}
      onChange={(it) => it !== null && put({ [name]: it })}
      data={values.map((it) => ({ value: it, label: t(`sightings.${name}s.${it}`) }))}
    />
  )
  const number = (name: TextName, min: number, max: number) =>
    field(name, { type: 'number', min, max, step: 'any', dir: 'ltr' })
  const code = { maxLength: 2, pattern: '[A-Za-z]{2}' }
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <TextInput {...field('place', { required: true, maxLength: 300, dir: 'auto' })} />
        <TextInput {...field('from', { type: 'datetime-local', required: true })} />
        <TextInput {...field('to', { type: 'datetime-local', min: form.from })} />
        <TextInput {...field('country', code)} />
        <TextInput {...number('latitude', -90, 90)} required={form.longitude !== ''} />
        <TextInput {...number('longitude', -180, 180)} required={form.latitude !== ''} />
        <TextInput {...number('radius', 0, 20_040)} />
        {choice('sure', surenesses)}
        {choice('source', sources)}
      </SimpleGrid>
      <Textarea {...field('what', { maxLength: 2_000, minRows: 3, dir: 'auto' })} />
      <TagsInput
        label={t('sightings.fields.objects')}
        description={t('sightings.write.objectsText')}
        value={[...form.objects]}
        onChange={(objects) => put({ objects })}
        maxTags={20}
        acceptValueOnBlur
      />
      <Fieldset legend={t('sightings.fields.route')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
          <TextInput {...field('taken', { maxLength: 500, dir: 'auto' })} />
          <TextInput {...field('nextPlace', { maxLength: 300, dir: 'auto', required: form.nextCountry !== '' })} />
          <TextInput {...field('nextCountry', code)} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('sightings.fields.companions')}>
        <Text size="xs">{t('sightings.companionsText', { days: purgeDays })}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput
            {...field('companions', { type: 'number', min: 1, max: 1_000, required: form.description !== '' })}
            label={t('sightings.fields.count')}
          />
          <TextInput {...field('description', { maxLength: 1_000, dir: 'auto' })} />
        </SimpleGrid>
      </Fieldset>
      <MultiSelect
        label={t('sightings.fields.red')}
        description={t('sightings.write.redText')}
        value={[...(form.red ?? [])]}
        onChange={(red) => put({ red: red as RedField[] })}
        data={redFields.map((it) => ({ value: it, label: t(`sightings.fields.${it}`) }))}
      />
      {!correcting && <Also also={form.also} owner={owner} discreet={discreet} onChange={(also) => put({ also })} />}
      <Group gap="xs">
        <Text size="xs">{t('sightings.help.headerShort')}</Text>
        <Help about={t('web.handling.title')} rule={t('sightings.help.headerRule')}>
          <p>{t('sightings.help.header')}</p>
        </Help>
      </Group>
      <HandlingFields header={header} onChange={(it) => onChange({ ...written, header: it })} />
    </Stack>
  )
}

interface Others {
  readonly also: readonly string[]
  readonly owner: string
  readonly discreet: boolean
  readonly onChange: (also: string[]) => void
}

/** Whom to tell beside the owner: only who may know of the record. Of a discreet one nobody. */
function Also({ also, owner, discreet, onChange }: Others) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const members = useMembers().filter((it) => it.id !== owner && it.id !== member.id)
  if (discreet) return <p>{t('sightings.discreetText')}</p>
  return (
    <MultiSelect
      label={t('sightings.fields.also')}
      description={t('sightings.write.alsoText')}
      value={[...also]}
      onChange={onChange}
      data={members.map((it) => ({ value: it.id, label: it.name }))}
      searchable
    />
  )
}
