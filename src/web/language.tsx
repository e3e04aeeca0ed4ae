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

/** The words of the shell come first, those of the navigation and the queue once somebody is signed in. */
const loaders: Readonly<Record<Language, Record<'shell' | 'menu', () => Promise<object>>>> = {
  en: {
    shell: async () => (await import('./words/en.json')).default,
    menu: async () => (await import('virtual:menu-words/en')).words,
  },
  fr: {
    shell: async () => (await import('./words/fr.json')).default,
    menu: async () => (await import('virtual:menu-words/fr')).words,
  },
  es: {
    shell: async () => (await import('./words/es.json')).default,
    menu: async () => (await import('virtual:menu-words/es')).words,
  },
  ar: {
    shell: async () => (await import('./words/ar.json')).default,
    menu: async () => (await import('virtual:menu-words/ar')).words,
  },
}

/** Those of a capability, and of the large pieces that pages are made of, come with the first page. */
const pageLoaders = import.meta.glob<object>(['../capabilities/*/words/*.json', './*/words/*.json'], {
  import: 'default',
})
const pieces = new Set(
  Object.keys(pageLoaders).flatMap((it) => (it.startsWith('./') ? [it.slice(0, it.lastIndexOf('/'))] : [])),
)

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
    resources: { [language]: { translation: await loaders[language].shell() } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  })
}

/** Whose words are wanted in whatever language the page is changed to: folders of words, beside those of the menu. */
const wanted = { menu: false, folders: new Set<string>() }

/** Brings the words that the navigation and the queue need of every capability. */
export async function loadMenuWords(): Promise<void> {
  wanted.menu = true
  await addWords(i18next.language as Language)
}

/** Brings all words of these capabilities, and those of the pieces. */
export async function loadPageWords(capabilities: readonly string[]): Promise<void> {
  for (const it of capabilities) wanted.folders.add(`../capabilities/${it}/words`)
  for (const it of pieces) wanted.folders.add(it)
  await addWords(i18next.language as Language)
}

async function addWords(language: Language): Promise<void> {
  const add = (words: object) => i18next.addResourceBundle(language, 'translation', words, true, true)
  if (wanted.menu) add(await loaders[language].menu())
  const found = [...wanted.folders].map((it) => pageLoaders[`${it}/${language}.json`]?.())
  for (const it of await Promise.all(found)) if (it !== undefined) add(it)
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await loaders[language].shell())
  await addWords(language)
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
    // Changed in one window is changed in all.
    const follow = ({ key, newValue }: StorageEvent) => {
      const chosen = languages.find((it) => it === newValue)
      if (key === kept && chosen !== undefined) void changeLanguage(chosen)
    }
    window.addEventListener('storage', follow)
    return () => window.removeEventListener('storage', follow)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language
    setDirection(directionOf(language)) // of the document too
  }, [language, setDirection])
  return null
}
