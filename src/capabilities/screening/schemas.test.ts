import { describe, expect, expectTypeOf, it } from 'vitest'
import { type SchemaName as KnownSchema, schemaNames } from '#matching/schemas'
import { type SchemaName, schemata } from '#protocol/vocabulary'

describe('schemaNames', () => {
  it('are those of the vocabulary, so that whatever a record is about can be indexed', () => {
    expect([...schemaNames].sort()).toEqual(Object.keys(schemata).sort())
    expectTypeOf<KnownSchema>().toEqualTypeOf<SchemaName>()
  })
})
