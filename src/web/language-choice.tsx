import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeLanguage, type Language, languages, ownNames } from './language'

export function LanguageChoice() {
  const { t, i18n } = useTranslation()
  return (
    <NativeSelect
      // In the system's own letters: a name in Arabic would bring the Arabic font to a page that needs no other word of it.
      classNames={{ input: 'own-letters' }}
      label={t('web.language')}
      value={i18n.language}
      onChange={(event) => void changeLanguage(event.currentTarget.value as Language)}
      data={languages.map((it) => ({ value: it, label: ownNames[it] }))}
    />
  )
}
