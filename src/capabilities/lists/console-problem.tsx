import { useTranslation } from 'react-i18next'

/**
 * Why a file or a source was refused, in the language of the page. The node speaks English: its own sentence, which may name
 * numbers, stands below and is marked as English for those who read by ear.
 */
export function Problem({ problem: { code, title } }: { problem: { readonly code: string; readonly title: string } }) {
  const { t, i18n } = useTranslation()
  const key = `lists.problems.${code}`
  const english = (
    <bdi lang="en" dir="ltr">
      {title}
    </bdi>
  )
  if (i18n.language === 'en' || !i18n.exists(key)) return english
  return (
    <>
      {t(key)} <span className="under">{english}</span>
    </>
  )
}
