import type { Statement } from '#capabilities/subjects/record'

const nameProperties = [
  'name',
  'alias',
  'number',
  'accountNumber',
  'iban',
  'publicKey',
  'full',
  'registrationNumber',
  'weakAlias',
  'lastName',
  'firstName',
]

/** The one line that stands for an entity: its best name, else its schema. */
export function captionOf({ statements, schema }: { statements: Record<string, Statement>; schema: string }): string {
  const all = Object.values(statements)
  for (const property of nameProperties) {
    const found = all.find((it) => it.property === property && it.value.trim() !== '')
    if (found !== undefined) return found.value
  }
  return schema
}
