import type { NameContext, Token } from '#matching/tokens'

const fewestWords = 3
const mostWords = 9

/**
 * The initials that an organisation may be known by, as names of one word: of the words of its name, small words and legal forms
 * apart, and the same with Company or Corporation at its end or within.
 */
export function acronymsOf(name: string, tokens: readonly Token[], { isOrganisation }: NameContext): readonly Token[] {
  if (!isOrganisation) return none
  let letters = ''
  let words = 0
  let within = ''
  let last: Token | undefined
  for (const token of tokens) {
    if (token.kind === 'legal') last = token
    if (token.kind === 'legal' && isCompany(token) && token !== tokens.at(-1)) within += 'c'
    if (token.kind !== 'name') continue
    if (token.script !== 'latin') return none
    letters += token.text[0]
    within += token.text[0]
    words++
  }
  const isLastCompany = last !== undefined && last === tokens.at(-1) && isCompany(last)
  const found: Token[] = []
  if (words >= fewestWords && words <= mostWords) found.push(acronymToken(name, letters))
  if (isLastCompany && words + 1 >= fewestWords && words < mostWords) found.push(acronymToken(name, `${letters}c`))
  if (isLastCompany && words >= fewestWords - 1 && words < mostWords) found.push(acronymToken(name, `${letters}co`))
  if (within !== letters && words + 1 >= fewestWords && words < mostWords) found.push(acronymToken(name, within))
  return found
}

/** Company, corporation, and these in Spanish. */
function isCompany({ raw }: Token): boolean {
  return raw.startsWith('C') || raw.startsWith('c')
}

const none: readonly Token[] = []

/** Stands for the whole name that it is made of. */
export function acronymToken(name: string, text: string): Token {
  return { raw: name, text, script: 'latin', kind: 'acronym', role: 'unknown' }
}
