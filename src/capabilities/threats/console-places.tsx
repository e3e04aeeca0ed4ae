import { Button, Fieldset, Group, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlaceRow } from '#capabilities/threats/form'

const fields = [
  { name: 'place', maxLength: 300, required: true },
  { name: 'country', maxLength: 2, pattern: '[A-Za-z]{2}' },
  { name: 'latitude', type: 'number', min: -90, max: 90, step: 'any' },
  { name: 'longitude', type: 'number', min: -180, max: 180, step: 'any' },
  { name: 'radius', type: 'number', min: 0, max: 20_040, step: 'any' },
] as const

/** Where a threat is: any number of places, each with a name, and a country or a circle where they are known. */
export function Places({ rows, onChange }: { rows: readonly PlaceRow[]; onChange: (rows: PlaceRow[]) => void }) {
  const { t } = useTranslation()
  const next = Math.max(0, ...rows.map((it) => it.key + 1))
  return (
    <Fieldset legend={t('threats.where')}>
      <Stack gap="sm" align="flex-start">
        {rows.map((row) => (
          <Group key={row.key} gap="sm" align="flex-end">
            {fields.map(({ name, ...rest }) => (
              <TextInput
                key={name}
                className={`place-${name}`}
                label={t(`threats.${name}`)}
                value={row[name]}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  onChange(rows.map((it) => (it.key === row.key ? { ...it, [name]: value } : it)))
                }}
                {...rest}
              />
            ))}
            <Button variant="default" onClick={() => onChange(rows.filter((it) => it.key !== row.key))}>
              {t('threats.write.removePlace')}
              <span className="unseen"> {row.place}</span>
            </Button>
          </Group>
        ))}
        <Button
          variant="default"
          disabled={rows.length >= 50}
          onClick={() =>
            onChange([...rows, { key: next, place: '', country: '', latitude: '', longitude: '', radius: '' }])
          }
        >
          {t('threats.write.addPlace')}
        </Button>
      </Stack>
    </Fieldset>
  )
}
