import { useTranslation } from 'react-i18next'
import { countryIn, type Say, shownValue } from '#capabilities/screening/say-evidence'

/** Names of things in the words of the page, which are spread over the shell's and this capability's. */
export function useNames() {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const say: Say = (key, values) => t(key, values ?? {})
  const first = (keys: readonly string[], otherwise: string) => {
    const known = keys.find((it) => i18n.exists(it))
    return known === undefined ? otherwise : t(known)
  }
  return {
    language,
    say,
    attribute: (name: string) => first([`screening.attributes.${name}`], name),
    property: (name: string) => first([`screening.properties.${name}`, `web.properties.${name}`], name),
    kind: (name: string) => first([`screening.kinds.${name}`], name),
    value: (attribute: string, value: string) => shownValue(attribute, value, { say, language }),
    country: (code: string) => countryIn(language, code),
  }
}
