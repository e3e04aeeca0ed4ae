import type { SchemaName } from '#protocol/vocabulary'

/** How a schema looks: by shape and letter, so that nothing hangs on colour. */
export type Shape = 'circle' | 'square' | 'diamond' | 'triangle'

const shapeOfSchema: Readonly<Partial<Record<SchemaName, Shape>>> = {
  Person: 'circle',
  Organization: 'square',
  Company: 'square',
  LegalEntity: 'square',
  Vehicle: 'diamond',
  Vessel: 'diamond',
  Airplane: 'diamond',
}

/** People are round, organisations square, vehicles diamonds; documents, accounts and places triangles. */
export const shapeOf = (schema: string): Shape => shapeOfSchema[schema as SchemaName] ?? 'triangle'
