import { Select, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const schemes = ['auto', 'light', 'dark'] as const

export function ThemeChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Select
      label={t('web.theme')}
      value={colorScheme}
      comboboxProps={{ withinPortal: false }}
      onChange={(it) => setColorScheme(schemes.find((one) => one === it) ?? 'auto')}
      data={schemes.map((it) => ({ value: it, label: t(`web.themes.${it}`) }))}
    />
  )
}
