/** What a field for a local date and time holds, as an instant. */
export const instantOf = (local: string) => new Date(local).toISOString()

/** The local time in so many days, as such a field holds it. */
export function localIn(days: number): string {
  const then = new Date(Date.now() + days * 86_400_000)
  return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Without the texts that were left empty, which the API takes only as absent. */
export function optional(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
}
