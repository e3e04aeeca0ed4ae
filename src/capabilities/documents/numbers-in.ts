/** The numbers of a text, one a line, as they are written. */
export function numbersIn(text: string): string[] {
  return text
    .split(/[\r\n,;]+/)
    .map((it) => it.trim())
    .filter((it) => it !== '')
}
