import { DirectionProvider, useDirection } from '@mantine/core'
import i18next from 'i18next'
import { type ReactNode, useEffect } from 'react'
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next'

export const languages = ['en', 'fr', 'es', 'ar'] as const
export type Language = (typeof languages)[number]

/** How each language calls itself. */
export const ownNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
}

const loaders: Readonly<Record<Language, () => Promise<{ words: Record<string, object> }>>> = {
  en: () => import('./words-en'),
  fr: () => import('./words-fr'),
  es: () => import('./words-es'),
  ar: () => import('./words-ar'),
}

const kept = 'comity-language'

/** The language chosen here before, else the first of the browser's that there is. */
export function chooseLanguage(): Language {
  const wished = [localStorage.getItem(kept) ?? '', ...navigator.languages].map((it) => it.split('-')[0])
  return languages.find((it) => it === wished.find((tag) => languages.some((one) => one === tag))) ?? 'en'
}

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: merged((await loaders[language]()).words) } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  })
}

function merged(words: Record<string, object>): object {
  return Object.assign({}, ...Object.values(words))
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', merged((await loaders[language]()).words))
  }
  localStorage.setItem(kept, language)
  await i18next.changeLanguage(language)
}

export const directionOf = (language: string) => (language === 'ar' ? 'rtl' : 'ltr')

/** Words, direction and the document's language for everything inside; a change of language loses nothing that was typed. */
export function Languages({ children }: { children: ReactNode }) {
  return (
    <I18nextProvider i18n={i18next}>
      <DirectionProvider initialDirection={directionOf(i18next.language)} detectDirection={false}>
        <Direction />
        {children}
      </DirectionProvider>
    </I18nextProvider>
  )
}

function Direction() {
  const { i18n } = useTranslation()
  const { setDirection } = useDirection()
  const { language } = i18n
  useEffect(() => {
    document.documentElement.lang = language
    setDirection(directionOf(language)) // of the document too
  }, [language, setDirection])
  return null
}
