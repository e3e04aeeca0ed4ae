import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { capabilities } from '#capabilities/index'
import { describeApi } from '#http/openapi'
import { type Operation, operation } from '#http/operation'

const operations = capabilities.flatMap((it) => it.operations ?? [])
const about = { cookie: 'comity-fr', title: 'Test', description: '', version: '1' }

function* referencesIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') yield inner
    else yield* referencesIn(inner)
  }
}

function resolve(document: unknown, reference: string): unknown {
  const keys = reference.slice(2).split('/')
  const plain = keys.map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'))
  return plain.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
}

describe('describeApi', () => {
  it('describes every operation once, with references that lead somewhere', () => {
    const document = describeApi(operations, about)
    const ids = Object.values(document.paths as object).flatMap((it) =>
      Object.values(it as object).map((one) => one.operationId),
    )
    expect(ids.sort()).toEqual(operations.map((it) => it.id).sort())
    expect([...referencesIn(document)].filter((it) => resolve(document, it) === undefined)).toEqual([])
  })

  it('keeps the references of a recursive schema inside the document', () => {
    const one: Operation = operation({
      id: 'test.recursive',
      method: 'post',
      path: '/things/{id}',
      summary: 'Test',
      access: { roles: 'anyone', scope: 'read' },
      params: z.object({ id: z.string() }),
      body: z.object({ value: z.json() }),
      reply: z.object({ value: z.json() }),
      handle: async () => ({ value: null }),
    })
    const document = describeApi([one], about)
    const references = [...referencesIn(document)]
    expect(references.length).toBeGreaterThan(1)
    expect(references.filter((it) => resolve(document, it) === undefined)).toEqual([])
  })
})
