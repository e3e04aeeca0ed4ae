import type { i18n, TFunction } from 'i18next'

/** A field of an entry in the words of the page; a list may have one that nobody has named yet, which keeps its own name. */
export function fieldName(field: string, { t, i18n }: { t: TFunction; i18n: i18n }): string {
  const key = [`lists.fields.${field}`, `web.properties.${field}`].find((it) => i18n.exists(it))
  return key === undefined ? field : t(key)
}
