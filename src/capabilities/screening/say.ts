import type { Say } from '#capabilities/screening/say-evidence'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

export const languages = ['en', 'fr', 'es', 'ar'] as const
export type Language = (typeof languages)[number]

const words: Readonly<Record<Language, object>> = { en, fr, es, ar }

/** The words of this capability on the node, for what leaves as a file. A key that is missing stands for itself. */
export function sayIn(language: Language): Say {
  return (key, values = {}) => {
    let found: unknown = words[language]
    for (const name of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[name]
    if (typeof found !== 'string') return key
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
