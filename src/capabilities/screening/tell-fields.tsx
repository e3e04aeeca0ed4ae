import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNames } from './use-names'

interface Telling {
  /** Properties of our own record that may be told. */
  readonly tellable: readonly string[]
  readonly told: readonly string[]
  readonly onChange: (told: string[]) => void
}

/** What the other office is told of our own record, ticked one by one: nothing goes by itself. */
export function TellFields({ tellable, told, onChange }: Telling) {
  const { t } = useTranslation()
  const { property } = useNames()
  if (tellable.length === 0) return null
  return (
    <Checkbox.Group
      label={t('screening.tell')}
      description={t('screening.tellText')}
      value={[...told]}
      onChange={onChange}
    >
      <Group gap="md" mt="xs">
        {tellable.map((it) => (
          <Checkbox key={it} value={it} label={property(it)} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
