import pg from 'pg'

/** Texts of statements differ by their lists of parameters too: those beyond this many are planned at each use. */
const mostNames = 500
const names = new Map<string, string>()

/**
 * Prepares each statement with parameters once for each connection: parsing and planning cost more than running most of ours.
 * A plan is then made without knowing the parameters, so what a partial index needs stands in the statement itself.
 */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: every form of the call passes through
  override query(...given: any[]): any {
    const [text, values, ...rest] = given
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    if (name === undefined) return super.query(...(given as [string]))
    return super.query({ name, text, values }, ...(rest as []))
  }
}

function nameOf(text: string): string | undefined {
  let name = names.get(text)
  if (name === undefined && names.size < mostNames) {
    name = `comity_${names.size}`
    names.set(text, name)
  }
  return name
}
