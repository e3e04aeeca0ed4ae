/** Tokens of names hold the number of their word in 22 bits, and entities are numbered alike. */
export const mostWords = 2 ** 22
export const mostEntities = 2 ** 22
export const mostNames = 2 ** 24
