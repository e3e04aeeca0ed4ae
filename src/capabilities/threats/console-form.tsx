import './threats.css'
import { Group, Select, SimpleGrid, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WarningForm } from '#capabilities/threats/form'
import { HandlingFields, type Header } from '../../web/design/handling-form'
import { Help } from '../../web/design/help'
import { Places } from './console-places'

const imminences = ['imminent', 'hours', 'days', 'weeks', 'unknown'] as const

export interface Written {
  readonly form: WarningForm
  readonly header: Header
}

interface Fields {
  readonly written: Written
  readonly onChange: (written: Written) => void
  /** The assessment may rest on what this person may not see. */
  readonly basisWithheld?: boolean
}

/** What a draft of a warning is shown by, where two of them are compared. */
export const textOfWarning = ({ form: { title, what } }: Written) =>
  [title, what].filter((it) => it !== '').join('\n\n')

/** Every field of a warning, with its header. */
export function WarningFields({ written, onChange, basisWithheld = false }: Fields) {
  const { t } = useTranslation()
  const { form, header } = written
  const put = (change: Partial<WarningForm>) => onChange({ ...written, form: { ...form, ...change } })
  const field = (
    name: 'title' | 'what' | 'method' | 'basisForAssessment' | 'advice' | 'from' | 'to' | 'validUntil',
    required = false,
  ) => ({
    label: t(`threats.${name}`),
    value: form[name],
    required,
    onChange: (event: { currentTarget: { value: string } }) => put({ [name]: event.currentTarget.value }),
  })
  return (
    <Stack gap="md">
      <TextInput
        {...field('title', true)}
        label={t('threats.columns.title')}
        dir="auto"
        minLength={3}
        maxLength={200}
      />
      <Textarea {...field('what', true)} dir="auto" minLength={3} maxLength={10_000} minRows={4} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Select
          label={t('threats.imminence')}
          value={form.imminence}
          onChange={(it) => it !== null && put({ imminence: it })}
          data={imminences.map((it) => ({ value: it, label: t(`threats.imminences.${it}`) }))}
        />
        <TextInput {...field('validUntil', true)} type="datetime-local" />
        <TextInput {...field('from', form.to !== '')} type="datetime-local" />
        <TextInput {...field('to', form.from !== '')} type="datetime-local" min={form.from} />
      </SimpleGrid>
      <Places rows={form.places} onChange={(places) => put({ places })} />
      <Textarea {...field('method')} dir="auto" maxLength={2_000} />
      <Textarea
        {...field('basisForAssessment', !basisWithheld)}
        {...(basisWithheld ? { description: t('threats.write.basisWithheld'), disabled: true } : {})}
        dir="auto"
        minLength={3}
        maxLength={5_000}
      />
      <Textarea {...field('advice')} dir="auto" maxLength={5_000} />
      <TagsInput
        label={t('threats.linked')}
        description={t('threats.write.linkedText')}
        value={[...form.linked]}
        onChange={(linked) => put({ linked })}
        splitChars={[',', ' ', '\n']}
        maxTags={64}
        acceptValueOnBlur
      />
      <Group gap="xs">
        <Text size="xs">{t('threats.help.headerShort')}</Text>
        <Help about={t('web.handling.title')} rule={t('threats.help.headerRule')}>
          <p>{t('threats.help.header')}</p>
        </Help>
      </Group>
      <HandlingFields header={header} onChange={(it) => onChange({ ...written, header: it })} />
    </Stack>
  )
}
