import { describe, expect, it } from 'vitest'
import { FtmEntity } from '#protocol/ftm-entity'
import { hasProperty, heldSchemata, nodeSchemata, relationEnds, relationSchemata, schemata } from '#protocol/vocabulary'

describe('schemata', () => {
  it('have no property on a protected characteristic', () => {
    const barred = [
      'religion',
      'ethnicity',
      'political',
      'politicalAssociation',
      'sexualOrientation',
      'education',
      'health',
    ]
    for (const properties of Object.values(schemata)) {
      for (const property of properties) expect(barred).not.toContain(property)
    }
  })

  it('name no property twice', () => {
    for (const properties of Object.values(schemata)) expect(new Set(properties).size).toBe(properties.length)
  })
})

describe('relationEnds', () => {
  it('are properties of their schema, and relations are not nodes', () => {
    for (const schema of relationSchemata) {
      for (const end of relationEnds[schema]) expect(hasProperty(schema, end)).toBe(true)
      expect(nodeSchemata).not.toContain(schema)
    }
    for (const schema of heldSchemata) expect(nodeSchemata).toContain(schema)
  })
})

describe('FtmEntity', () => {
  it('refuses schemata that Comity does not speak', () => {
    const entity = { id: 'Q1', schema: 'Person', properties: { name: ['Amina Y.'] } }
    expect(FtmEntity.parse(entity)).toEqual(entity)
    expect(FtmEntity.safeParse({ ...entity, schema: 'Religion' }).success).toBe(false)
    expect(FtmEntity.safeParse({ ...entity, properties: { name: 'Amina Y.' } }).success).toBe(false)
  })
})
