import { useTranslation } from 'react-i18next'
import { regionNames } from '#kernel/language-formats'

/** A country in the language of the page; the code stands where the browser does not know it. */
export function Country({ code }: { code: string }) {
  const { i18n } = useTranslation()
  const known = /^[a-z]{2}$/i.test(code)
  const names = regionNames(i18n.language)
  return <bdi>{known ? names.of(code.toUpperCase()) : code}</bdi>
}
