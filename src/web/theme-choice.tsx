import { NativeSelect, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const schemes = ['auto', 'light', 'dark'] as const

export function ThemeChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <NativeSelect
      label={t('web.theme')}
      value={colorScheme}
      onChange={(event) => setColorScheme(schemes.find((it) => it === event.currentTarget.value) ?? 'auto')}
      data={schemes.map((it) => ({ value: it, label: t(`web.themes.${it}`) }))}
    />
  )
}
