import { dateFormat } from '#kernel/language-formats'
import { spanOf } from './when'

let context: CanvasRenderingContext2D | undefined

/** Width in pixels of a text in the letters of the page. */
export function measure(text: string): number {
  context ??= document.createElement('canvas').getContext('2d')!
  context.font = `13px ${getComputedStyle(document.body).fontFamily}`
  return context.measureText(text).width
}

/** A whole or partial date in the language of the page, as exact as it is known. */
export function dateInWords(text: string, language: string): string {
  const span = spanOf(text)
  if (span === undefined) return text
  const form: Intl.DateTimeFormatOptions = /^\d{4}$/.test(text)
    ? { year: 'numeric' }
    : /^\d{4}-\d{2}$/.test(text)
      ? { year: 'numeric', month: 'long' }
      : text.includes('T')
        ? { dateStyle: 'medium', timeStyle: 'short' }
        : { dateStyle: 'medium' }
  return dateFormat(language, { ...form, timeZone: text.includes('T') ? undefined : 'UTC' }).format(span.start)
}
