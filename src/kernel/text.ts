/** At most `max` UTF-16 units of a text, never half of a surrogate pair, which neither JSON nor PostgreSQL can hold. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)
}
