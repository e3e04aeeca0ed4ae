import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

export const languages = ['en', 'fr', 'es', 'ar'] as const
export type Language = (typeof languages)[number]

/** How each language calls itself. */
export const ownNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
}

const words = { en: en.front, fr: fr.front, es: es.front, ar: ar.front } as const

export type Words = Readonly<typeof en.front>

export function wordsIn(language: Language): Words {
  return words[language]
}

export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{([a-z]+)\}\}/g, (all, name: string) => values[name] ?? all)
}

/** The language asked for in the address, else the first of the browser's that there is, by its weights (RFC 9110 section 12.5.4). */
export function chooseLanguage(asked: string | undefined, accepted: string | undefined): Language {
  const known = (tag: string) => languages.find((it) => it === tag.toLowerCase().split('-')[0])
  const wished = (accepted ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(';q=')
      return { language: known(tag), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter((it) => it.language !== undefined && it.weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return known(asked ?? '') ?? wished[0]?.language ?? 'en'
}
