import { useTranslation } from 'react-i18next'

/** What kind of thing an act was about, in words; a kind without any stands for itself. */
export function useTypeWords(): (type: string) => string {
  const { t, i18n } = useTranslation()
  return (type) => (i18n.exists(`audit.types.${type}`) ? t(`audit.types.${type}`) : type)
}
