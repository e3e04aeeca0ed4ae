/**
 * Formats of a language, each made once: making one takes longer than a row of a table, using one does not. Options are
 * told apart by their text, so give them as a constant or in the same order.
 */
const made = new Map<string, unknown>()

export const numberFormat = (language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  once('number', language, options, () => new Intl.NumberFormat(language, options))

export const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once('date', language, options, () => new Intl.DateTimeFormat(language, options))

export const relativeFormat = (language: string): Intl.RelativeTimeFormat =>
  once('relative', language, {}, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))

/** Names of countries and territories; what has none is given back as its code. */
export const regionNames = (language: string): Intl.DisplayNames =>
  once('region', language, {}, () => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }))

function once<Format>(kind: string, language: string, options: object, make: () => Format): Format {
  const key = `${kind} ${language} ${JSON.stringify(options)}`
  const format = (made.get(key) as Format | undefined) ?? make()
  made.set(key, format)
  return format
}
